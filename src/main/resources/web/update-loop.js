// The long poll. It carries the acks, and after any failure it goes on from the last position.
import { Problem } from './api.js';
import { Backoff } from './backoff.js';
import { SingleAcks } from './single-acks.js';
import { throttle } from './throttle.js';
import { within } from './within.js';

const WAIT_SECONDS = 25;
/** An answer that is later than this will not come: the network was lost silently. */
const GRACE_MILLIS = 10_000;
/** How long an ack may wait for others, so that acks make at most one request a second. */
const ACK_MILLIS = 1_000;
/** After messages, others often follow. They come together, so that news makes at most eight requests a second. */
const COLLECT_MILLIS = 120;
const FIRST_BACKOFF_MILLIS = 500;

/**
 * Sends the events `update` (detail: the answer), `acks` (the acks on their way), `acked` (a message of which the
 * server has taken a single ack), `down` (the problem), `up`, and `restart` before an answer that does not follow the
 * ones before.
 */
export class UpdateLoop extends EventTarget {
  #api;
  #since = '';
  #restarts = false;
  #acks = new Map();
  #connected = false;
  #ended = false;
  #abort = new AbortController();
  #backoff = new Backoff(FIRST_BACKOFF_MILLIS);
  /** The acks that the current poll carries. */
  #carried = {};
  #sendAcksSoon = throttle(ACK_MILLIS, () => this.#hasNewAcks() && this.#abort.abort());
  #singles;

  constructor(api) {
    super();
    this.#api = api;
    this.#singles = new SingleAcks(api, ack => this.#tell('acked', ack));
    addEventListener('online', this.#backoff.end);
  }

  /** The user has read everything up to this message. The server learns it within a second or two. */
  ack(group, upto) {
    if (upto > (this.#acks.get(group) ?? 0)) {
      this.#acks.set(group, upto);
      this.#singles.drop(group, upto);
      this.#sendAcksSoon();
    }
  }

  /** The user has read this message, and not all before it. */
  ackOne(group, id) {
    this.#singles.add(group, id);
  }

  /** The ids in a group may mean other messages now. */
  dropAcks(group) {
    this.#acks.delete(group);
    this.#singles.drop(group);
  }

  /** Acks wait for a position: beside it, the server knows which messages they mean. */
  #hasNewAcks() {
    return this.#since !== '' && [...this.#acks].some(([group, upto]) => this.#carried[group] !== upto);
  }

  end() {
    this.#ended = true;
    this.#singles.disconnect();
    this.#abort.abort();
    this.#backoff.end();
    removeEventListener('online', this.#backoff.end);
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
    this.#carried = this.#since ? Object.fromEntries(this.#acks) : {};
    this.#tell('acks', this.#carried);
    const update = await this.#poll(this.#carried);
    this.#forgetAcks(update);
    this.#since = update.next;
    this.#connect();
    this.#tell('update', update);
    if (update.messages.length > 0 && !update.more) {
      await new Promise(resolve => { setTimeout(resolve, COLLECT_MILLIS); });
    }
  }

  /** Acks that the server has taken, and those whose ids may mean other messages now. */
  #forgetAcks({ left, resync }) {
    for (const [group, upto] of Object.entries(this.#carried)) {
      if (this.#acks.get(group) === upto) {
        this.#acks.delete(group);
      }
    }
    [...left, ...resync].forEach(group => this.dropAcks(group));
  }

  /** The first poll, and the first after a failure, does not wait: its answer shows that the connection works. */
  #poll(acks) {
    const timeout = this.#connected ? WAIT_SECONDS : 0;
    const body = { ...(this.#since && { since: this.#since }), ack: acks, timeout, limit: 500 };
    const poll = signal => this.#api.post('/updates', body, signal);
    return within(timeout * 1000 + GRACE_MILLIS, poll, this.#abort.signal);
  }

  #connect() {
    this.#backoff.reset();
    this.#singles.connect();
    if (this.#restarts) {
      this.#restarts = false;
      this.#giveUpAcks();
      this.#tell('restart');
    }
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
    this.#singles.disconnect();
    this.#tell('down', problem);
    await this.#backoff.pause(problem.retryAfter);
  }

  /** The group was created again, or the server lost its data: the acks and perhaps the position mean nothing now. */
  #startOver(problem) {
    this.#giveUpAcks();
    this.#restarts = true;
    if (problem.field === 'since') {
      this.#since = '';
    }
  }

  #giveUpAcks() {
    this.#acks.clear();
    this.#singles.dropAll();
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
