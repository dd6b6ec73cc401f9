// The server's calls. A refusal is thrown as a Problem; its detail is for people.
import { text } from './texts.js';

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
  /** Called when the token is refused. */
  onUnauthorized = () => {};

  constructor(token) {
    this.#token = token;
  }

  get = path => this.call('GET', path);
  post = (path, body, signal) => this.call('POST', path, body, signal);
  put = path => this.call('PUT', path);
  patch = (path, body) => this.call('PATCH', path, body);
  delete = path => this.call('DELETE', path);

  async call(method, path, body, signal = AbortSignal.timeout(20_000)) {
    const response = await this.#fetch(path, {
      method,
      signal,
      cache: 'no-store',
      credentials: 'omit',
      headers: { Authorization: `Bearer ${this.#token}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.ok) {
      return response.status === 204 ? {} : this.#json(response);
    }
    const problem = await problemOf(response);
    if (problem.status === 401) {
      this.onUnauthorized(problem);
    }
    throw problem;
  }

  async #fetch(path, options) {
    try {
      return await fetch(`/v1${path}`, options);
    } catch (failure) {
      throw aborted(failure) ?? new Problem({});
    }
  }

  async #json(response) {
    try {
      return await response.json();
    } catch (failure) {
      throw aborted(failure) ?? new Problem({});
    }
  }
}

const aborted = failure => failure.name === 'AbortError' ? failure : undefined;

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  // a proxy whose server is away answers with a page of its own
  const unsaid = response.status >= 500 ? text('offline') : `${response.status} ${response.statusText}`;
  const said = { code: 'http', detail: unsaid, ...body, status: response.status };
  return new Problem(said, Number(response.headers.get('Retry-After')) || 0);
}

/** A path of encoded parts. */
export const path = (strings, ...parts) => String.raw({ raw: strings }, ...parts.map(encodeURIComponent));
