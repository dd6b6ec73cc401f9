// Acks of single messages, for messages that the cursor can't reach because unread ones are before them.
import { path } from './api.js';
import { Backoff } from './backoff.js';
import { throttle } from './throttle.js';

const COLLECT_MILLIS = 250;

export class SingleAcks {
  #api;
  #done;
  #connected = false;
  #sending = false;
  #backoff = new Backoff();
  /** `group` and `id` of each message, in the order of the reads. */
  #pending = [];
  #sendSoon = throttle(COLLECT_MILLIS, () => this.#send());

  /** Calls `done` with each message whose ack the server has taken. */
  constructor(api, done) {
    this.#api = api;
    this.#done = done;
  }

  add(group, id) {
    this.#pending.push({ group, id });
    this.#sendSoon();
  }

  /** Gives up the acks of a group up to this message: the cursor has passed them, or the ids mean nothing now. */
  drop(group, upto = Infinity) {
    this.#pending = this.#pending.filter(ack => ack.group !== group || ack.id > upto);
  }

  dropAll() {
    this.#pending = [];
  }

  /** Acks go only while the updates come: an answer may say that the ids mean nothing now. */
  connect() {
    this.#connected = true;
    this.#sendSoon();
  }

  disconnect() {
    this.#connected = false;
  }

  async #send() {
    if (this.#sending) {
      return;
    }
    this.#sending = true;
    while (this.#connected && this.#pending.length > 0) {
      await this.#sendFirst();
    }
    this.#sending = false;
  }

  async #sendFirst() {
    const [ack] = this.#pending;
    try {
      await this.#api.post(path`/groups/${ack.group}/messages/${ack.id}/ack`);
      this.#backoff.reset();
      this.#done(ack);
    } catch (problem) {
      if (problem.isPassing) {
        await this.#backoff.pause(problem.retryAfter);
        return;
      }
    }
    this.#pending = this.#pending.filter(other => other !== ack);
  }
}
