// The messages that are on their way. Each is sent again until the server has it or refuses it, also after a reload.
import { path, Problem } from './api.js';
import { Backoff } from './backoff.js';
import { store, stored } from './storage.js';

/**
 * Sends the messages of each group in their order, and the events `changed` (detail: the group's id), `sent` (the
 * message) and `refused` (the group's id and name, and the problem). By then the drafts have
 * the text again.
 */
export class Outbox extends EventTarget {
  #session;
  #key;
  #waiting;
  #backoffs = new Map();
  #closed = false;

  constructor(session) {
    super();
    this.#session = session;
    this.#key = `outbox ${session.me.id}`;
    this.#waiting = JSON.parse(stored(this.#key) ?? '[]');
  }

  /** Sends what an earlier page of this tab has left. */
  start() {
    addEventListener('online', this.retry);
    new Set(this.#waiting.map(({ group }) => group)).forEach(group => this.#run(group));
  }

  close() {
    this.#closed = true;
    removeEventListener('online', this.retry);
    this.retry();
  }

  /** The server can be reached again. */
  retry = () => this.#backoffs.forEach(backoff => backoff.end());

  /** The messages of a group that the server may not have yet. */
  of(group) {
    return this.#waiting.filter(each => each.group === group);
  }

  send(group, text) {
    const { id, name, created_at } = group;
    this.#waiting.push({ group: id, name, created_at, client_id: newId(), text });
    this.#changed(id);
    this.#run(id);
  }

  async #run(group) {
    if (this.#backoffs.has(group)) {
      return;
    }
    const backoff = new Backoff();
    this.#backoffs.set(group, backoff);
    for (let [next] = this.of(group); next && !this.#closed; [next] = this.of(group)) {
      await this.#attempt(next, backoff);
    }
    this.#backoffs.delete(group);
  }

  async #attempt(next, backoff) {
    try {
      const message = await this.#post(next);
      backoff.reset();
      this.#remove([next]);
      this.#tell('sent', message);
    } catch (problem) {
      await this.#failed(next, problem, backoff);
    }
  }

  /** Each attempt has the same client_id, so that a message that did arrive is not sent twice. */
  #post({ group, created_at: createdAt, client_id, text }) {
    const known = this.#session.groups.get(group);
    if (known && known.created_at !== createdAt) {
      // another group with the same id: its members are not those for whom the text was meant
      throw new Problem({ status: 404, code: 'not_found', reason: 'no_group' });
    }
    return this.#session.api.post(path`/groups/${group}/messages`, { text, client_id });
  }

  async #failed(next, problem, backoff) {
    if (problem.isPassing) {
      next.why = problem.message;
      this.#changed(next.group);
      await backoff.pause(problem.retryAfter);
    } else if (problem.isUnauthorized) {
      // the user signs in again, and then it is sent
      this.#closed = true;
    } else {
      this.#refused(next, problem);
    }
  }

  /** Where the group refuses its member, it refuses what comes after this text, too. */
  #refused(refused, problem) {
    const { group, name } = refused;
    const back = [403, 404].includes(problem.status) ? this.of(group) : [refused];
    this.#session.drafts.putBack(group, back.map(({ text }) => text), problem.message);
    this.#remove(back);
    this.#tell('refused', { group, name, problem });
  }

  #remove(sends) {
    this.#waiting = this.#waiting.filter(each => !sends.includes(each));
    this.#changed(sends[0].group);
  }

  #changed(group) {
    // after a new sign-in another outbox has them
    if (!this.#closed) {
      store(this.#key, this.#waiting.length > 0 ? JSON.stringify(this.#waiting) : undefined);
    }
    this.#tell('changed', group);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Not crypto.randomUUID, which a page that came without TLS does not have. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
