// Calls the server. A refusal becomes a Problem.
import { within } from './within.js';
import { wordsOf } from './problem-words.js';

const TIMEOUT_MILLIS = 20_000;
/** Refused for the moment, though the request is right. */
const PASSING = [408, 425, 429];
/** What a proxy refuses for good. Its other answers only say that it does not find the server. */
const REFUSED_BY_PROXY = [400, 403, 413, 414, 431];

/** Why there is no answer. Its message tells people what to do. */
export class Problem extends Error {
  constructor(fields = {}, retryAfter = 0) {
    const { status = 0, code = 'offline', reason = code, field = '', limit } = fields;
    super(wordsOf({ status, reason, code, field, limit, retryAfter }));
    Object.assign(this, { status, code, reason, field, retryAfter });
  }

  /** The server itself refuses the token. A proxy that asks for a password does not. */
  get isUnauthorized() {
    return this.code === 'unauthorized';
  }

  /** The same request may succeed later. */
  get isPassing() {
    return this.status === 0 || this.status >= 500 || PASSING.includes(this.status)
      || this.code === 'http' && !REFUSED_BY_PROXY.includes(this.status);
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

  call(method, path, body, signal) {
    const call = until => this.#call(method, path, body, until);
    return signal ? call(signal) : within(TIMEOUT_MILLIS, call);
  }

  async #call(method, path, body, signal) {
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
    if (problem.isUnauthorized) {
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
  const unknown = { code: response.status >= 500 ? 'offline' : 'http' };
  const problem = typeof body?.code === 'string' ? body : unknown;
  return new Problem({ ...problem, status: response.status }, Number(response.headers.get('Retry-After')) || 0);
}

/** A path whose parts are encoded. */
export const path = (strings, ...parts) => String.raw({ raw: strings }, ...parts.map(encodeURIComponent));
