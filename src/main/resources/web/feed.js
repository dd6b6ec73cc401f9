// The long poll. It carries the acks, and goes on from where it was after whatever went wrong.
import { soon } from './dom.js';
import { Problem } from './api.js';

const WAIT_SECONDS = 25;
/** An answer that is later than this will not come: the network went without a word. */
const GRACE_MILLIS = 10_000;
/** How long an ack may wait for others, so that acks never make more than a request a second. */
const ACK_MILLIS = 1_000;
/** What an answer brought is on the screen by then, and its ack rides on the next poll. */
const SHOWN_MILLIS = 120;
const LONGEST_PAUSE_MILLIS = 15_000;

/** Sends the events `update` (detail: the answer), `acks` (detail: those on their way), `down` (the problem) and `up`. */
export class Feed extends EventTarget {
  #api;
  #since = '';
  #acks = new Map();
  #failures = 0;
  #connected = false;
  #ended = false;
  #cut = new AbortController();
  #hurry = () => {};
  #carried = {};
  #cutForAcks = soon(ACK_MILLIS, () => this.#hasUncarried() && this.#cut.abort());

  constructor(api) {
    super();
    this.#api = api;
    addEventListener('online', this.#online);
  }

  #online = () => this.#hurry();

  /** Everything up to that message was read; told to the server within a second or two. */
  ack(group, upto) {
    if (upto > (this.#acks.get(group) ?? 0)) {
      this.#acks.set(group, upto);
      this.#cutForAcks();
    }
  }

  #hasUncarried() {
    return [...this.#acks].some(([group, upto]) => this.#carried[group] !== upto);
  }

  end() {
    this.#ended = true;
    this.#cut.abort();
    this.#hurry();
    removeEventListener('online', this.#online);
  }

  async run() {
    while (!this.#ended) {
      try {
        await this.#once();
      } catch (failure) {
        await this.#failed(failure);
      }
    }
  }

  async #once() {
    this.#cut = new AbortController();
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
      await this.#pause(SHOWN_MILLIS);
    }
  }

  /** The first one, and the first after a failure, is answered at once: then it is known that it works. */
  #poll(acks) {
    const timeout = this.#connected ? WAIT_SECONDS : 0;
    const late = AbortSignal.timeout(timeout * 1000 + GRACE_MILLIS);
    const body = { ...(this.#since && { since: this.#since }), ack: acks, timeout, limit: 500 };
    return this.#api.post('/updates', body, AbortSignal.any([this.#cut.signal, late]));
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
    const problem = failure instanceof Problem ? failure : new Problem({ detail: String(failure) });
    if (problem.status === 422) {
      this.#startOver(problem);
    }
    this.#connected = false;
    this.#tell('down', problem);
    const backOff = Math.min(LONGEST_PAUSE_MILLIS, 500 * 2 ** this.#failures++) * (0.75 + Math.random() / 2);
    await this.#pause(Math.max(problem.retryAfter * 1000, backOff));
  }

  /** The group was made anew, or the server's data were: what was known is of no use. */
  #startOver(problem) {
    this.#acks.clear();
    if (problem.field === 'since') {
      this.#since = '';
    }
  }

  #pause(millis) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, millis);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
