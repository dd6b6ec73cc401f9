// A stretch of a group's messages without a gap or a repeat: ids are dense, so it grows at its ends only.
import { path } from './api.js';

const PAGE = 60;

export class History {
  #api;
  #group;
  #busy = false;
  #open = false;
  messages = new Map();
  first = 1;
  last = 0;

  constructor(api, group) {
    this.#api = api;
    this.#group = group;
  }

  /** The messages around the border between those up to an id and those after it. */
  async open(upto) {
    const [before, after] = await Promise.all([this.#page('before', upto + 1), this.#page('after', upto)]);
    this.first = upto + 1;
    this.last = upto;
    this.#open = true;
    return [...this.#prepend(before), ...this.append(after)];
  }

  get reachesBegin() {
    return this.first <= Math.max(1, this.#group.first_id);
  }

  get reachesEnd() {
    return this.last >= this.#group.last_id;
  }

  /** What follows the last is no longer kept. */
  get isCutOff() {
    return this.last < this.#group.first_id - 1;
  }

  /** Those before the first; empty at the beginning, or while others are asked for. */
  older = () => this.#alone(!this.reachesBegin, async () => this.#prepend(await this.#page('before', this.first)));

  /** Those after the last; empty at the end, or while others are asked for. */
  newer = () => this.#alone(!this.reachesEnd, async () => this.append(await this.#page('after', this.last)));

  async #alone(needed, work) {
    if (this.#busy || !this.#open || !needed) {
      return [];
    }
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }

  /** Takes those that follow the last, and returns them; others were there before, or will be asked for. */
  append(messages) {
    return !this.#open ? [] : messages.filter(message => {
      const next = message.id === this.last + 1 || this.messages.size === 0 && message.id > this.last;
      if (next) {
        this.first = this.messages.size === 0 ? message.id : this.first;
        this.last = message.id;
        this.messages.set(message.id, message);
      }
      return next;
    });
  }

  #prepend(messages) {
    messages.forEach(message => this.messages.set(message.id, message));
    // nothing before it is kept any more, whatever was said of it before
    this.first = messages[0]?.id ?? Math.min(this.first, Math.max(1, this.#group.first_id));
    return messages;
  }

  async #page(end, id) {
    const answer = await this.#api.get(path`/groups/${this.#group.id}/messages` + `?${end}=${id}&limit=${PAGE}`);
    this.#group.first_id = Math.max(this.#group.first_id ?? 1, answer.first_id ?? 1);
    this.#group.last_id = Math.max(this.#group.last_id, answer.last_id);
    return answer.messages;
  }
}
