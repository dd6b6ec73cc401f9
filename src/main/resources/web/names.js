// The names of all users. No update reports a new name, so the names are loaded again now and then.
import { throttle } from './throttle.js';

const LOAD_MILLIS = 200;
const MIN_PAUSE_MILLIS = 5_000;
/** The more users a server has, the more rarely its long list of them is loaded. */
const PAUSE_MILLIS_PER_USER = 10;

export class Names {
  #api;
  #changed;
  #users = new Map();
  /** Users that the server did not list, such as deleted ones. They are not asked for again. */
  #unknown = new Set();
  #loadedAt = -Infinity;
  #timer = 0;
  #loadSoon = throttle(LOAD_MILLIS, () => this.load());

  /** Calls `changed` when there are other users or other names. */
  constructor(api, changed) {
    this.#api = api;
    this.#changed = changed;
  }

  /** Loads the names. If that fails, they stay as they are. */
  async load() {
    this.#loadedAt = Date.now();
    const { users } = await this.#api.get('/users').catch(() => ({ users: this.people }));
    this.take(users);
  }

  /** Loads the names again, now or when the last load is long enough ago. */
  refresh() {
    const pause = Math.max(MIN_PAUSE_MILLIS, this.#users.size * PAUSE_MILLIS_PER_USER);
    const rest = this.#loadedAt + pause - Date.now();
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.load();
    }, Math.max(0, rest));
  }

  close() {
    clearTimeout(this.#timer);
  }

  /** Takes all users from an answer of the server. */
  take(users) {
    const before = [...this.#users];
    this.#users = new Map(users.map(({ id, name }) => [id, name]));
    if (JSON.stringify(before) !== JSON.stringify([...this.#users])) {
      this.#changed();
    }
  }

  set(id, name) {
    if (this.#users.get(id) !== name) {
      this.#users.set(id, name);
      this.#changed();
    }
  }

  /** The name of a user, or the id until the name is known. */
  get(id) {
    if (!this.#users.has(id) && !this.#unknown.has(id)) {
      this.#unknown.add(id);
      this.#loadSoon();
    }
    return this.#users.get(id) ?? id;
  }

  /** All users, by their ids. */
  get people() {
    return [...this.#users].map(([id, name]) => ({ id, name }));
  }
}
