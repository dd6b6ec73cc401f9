// Calls the server. A refusal becomes a Problem, whose message is for people.
import { text } from './texts.js';

const TIMEOUT_MILLIS = 20_000;

export class Problem extends Error {
  constructor({ status = 0, code = 'offline', detail = text('offline'), field = '' }, retryAfter = 0) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
    this.retryAfter = retryAfter;
  }
}

export class Api {
  #token;
  /** Called when the server refuses the token. */
  onUnauthorized = () => {};

  constructor(token) {
    this.#token = token;
  }

  get = path => this.call('GET', path);
  post = (path, body, signal) => this.call('POST', path, body, signal);
  patch = (path, body) => this.call('PATCH', path, body);
  delete = path => this.call('DELETE', path);

  async call(method, path, body, signal = AbortSignal.timeout(TIMEOUT_MILLIS)) {
    const response = await this.#fetch(path, {
      method,
      signal,
      cache: 'no-store',
      credentials: 'omit',
      headers: { Authorization: `Bearer ${this.#token}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.ok) {
      return response.status === 204 ? {} : orOffline(() => response.json());
    }
    const problem = await problemOf(response);
    if (problem.status === 401) {
      this.onUnauthorized(problem);
    }
    throw problem;
  }

  #fetch(path, options) {
    return orOffline(() => fetch(`/v1${path}`, options));
  }
}

/** A failure of the network is a Problem; only an abort by the caller stays as it is. */
async function orOffline(work) {
  try {
    return await work();
  } catch (failure) {
    throw failure.name === 'AbortError' ? failure : new Problem({});
  }
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  // a proxy answers with its own page while the server is down
  const detail = response.status >= 500 ? text('offline') : `${response.status} ${response.statusText}`;
  const problem = { code: 'http', detail, ...body, status: response.status };
  return new Problem(problem, Number(response.headers.get('Retry-After')) || 0);
}

/** A path whose parts are encoded. */
export const path = (strings, ...parts) => String.raw({ raw: strings }, ...parts.map(encodeURIComponent));
