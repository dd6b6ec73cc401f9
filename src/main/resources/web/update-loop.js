// The long poll. It carries the acks, and after any failure it goes on from the last position.
import { Problem } from './api.js';
import { throttle } from './throttle.js';

const WAIT_SECONDS = 25;
/** An answer that is later than this will not come: the network was lost silently. */
const GRACE_MILLIS = 10_000;
/** How long an ack may wait for others, so that acks make at most one request a second. */
const ACK_MILLIS = 1_000;
/** By then the messages of an answer are on the screen, and the next poll carries their ack. */
const RENDER_MILLIS = 120;
const FIRST_BACKOFF_MILLIS = 500;
const MAX_BACKOFF_MILLIS = 15_000;

/** Sends the events `update` (detail: the answer), `acks` (the acks on their way), `down` (the problem) and `up`. */
export class UpdateLoop extends EventTarget {
  #api;
  #since = '';
  #acks = new Map();
  #failures = 0;
  #connected = false;
  #ended = false;
  #abort = new AbortController();
  #endPause = () => {};
  /** The acks that the current poll carries. */
  #carried = {};
  #sendAcksSoon = throttle(ACK_MILLIS, () => this.#hasNewAcks() && this.#abort.abort());

  constructor(api) {
    super();
    this.#api = api;
    addEventListener('online', this.#online);
  }

  #online = () => this.#endPause();

  /** The user has read everything up to this message. The server learns it within a second or two. */
  ack(group, upto) {
    if (upto > (this.#acks.get(group) ?? 0)) {
      this.#acks.set(group, upto);
      this.#sendAcksSoon();
    }
  }

  #hasNewAcks() {
    return [...this.#acks].some(([group, upto]) => this.#carried[group] !== upto);
  }

  end() {
    this.#ended = true;
    this.#abort.abort();
    this.#endPause();
    removeEventListener('online', this.#online);
  }

  async run() {
    while (!this.#ended) {
      try {
        await this.#next();
      } catch (failure) {
        await this.#failed(failure);
      }
    }
  }

  async #next() {
    this.#abort = new AbortController();
    this.#carried = Object.fromEntries(this.#acks);
    this.#tell('acks', this.#carried);
    const update = await this.#poll(this.#carried);
    for (const [group, upto] of Object.entries(this.#carried)) {
      if (this.#acks.get(group) === upto) {
        this.#acks.delete(group);
      }
    }
    this.#since = update.next;
    this.#connect();
    this.#tell('update', update);
    if (update.messages.length > 0 && !update.more) {
      await this.#pause(RENDER_MILLIS);
    }
  }

  /** The first poll, and the first after a failure, does not wait: its answer shows that the connection works. */
  #poll(acks) {
    const timeout = this.#connected ? WAIT_SECONDS : 0;
    const timedOut = AbortSignal.timeout(timeout * 1000 + GRACE_MILLIS);
    const body = { ...(this.#since && { since: this.#since }), ack: acks, timeout, limit: 500 };
    return this.#api.post('/updates', body, AbortSignal.any([this.#abort.signal, timedOut]));
  }

  #connect() {
    this.#failures = 0;
    if (!this.#connected) {
      this.#connected = true;
      this.#tell('up');
    }
  }

  async #failed(failure) {
    if (this.#ended || failure.name === 'AbortError') {
      return;
    }
    const problem = failure instanceof Problem ? failure : new Problem({ code: 'page' });
    if (problem.status === 422) {
      this.#startOver(problem);
    }
    this.#connected = false;
    this.#tell('down', problem);
    await this.#pause(Math.max(problem.retryAfter * 1000, this.#backoff()));
  }

  /** Longer after each failure. Random, so that the pages of many users do not return at the same moment. */
  #backoff() {
    const millis = Math.min(MAX_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS * 2 ** this.#failures++);
    return millis * (0.75 + Math.random() / 2);
  }

  /** The group was created again, or the server lost its data: the acks and perhaps the position mean nothing now. */
  #startOver(problem) {
    this.#acks.clear();
    if (problem.field === 'since') {
      this.#since = '';
    }
  }

  #pause(millis) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, millis);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
