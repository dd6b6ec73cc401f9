// A range of a group's messages without gaps or repeats. Ids are dense, so the range grows at its ends only.
import { path } from '../api.js';

const PAGE_SIZE = 60;

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

  /** Loads the messages around a place: some up to this id and some after it. */
  async open(upto) {
    const [before, after] = await Promise.all([this.#page('before', upto + 1), this.#page('after', upto)]);
    this.first = upto + 1;
    this.last = upto;
    this.#open = true;
    return [...this.#prepend(before), ...this.append(after)];
  }

  get isOpen() {
    return this.#open;
  }

  /**
   * Resolves to whether the server still has the last message, and so all before it. Until then, and where it has not,
   * no messages are taken.
   */
  async check() {
    const last = this.messages.get(this.last);
    const wasOpen = this.#open;
    this.#open = false;
    if (!wasOpen || !last) {
      return false;
    }
    const kept = await this.#api.get(path`/groups/${this.#group.id}/messages/${this.last}`);
    this.#open = ['sender', 'sent_at', 'text'].every(field => kept[field] === last[field]);
    return this.#open;
  }

  get reachesBegin() {
    return this.first <= Math.max(1, this.#group.first_id);
  }

  get reachesEnd() {
    return this.last >= this.#group.last_id;
  }

  /** Whether the messages after the last are no longer kept. */
  get isCutOff() {
    return this.last < this.#group.first_id - 1;
  }

  /** The messages before the first; none at the beginning, or while other messages are loading. */
  older = () =>
    this.#exclusively(!this.reachesBegin, async () => this.#prepend(await this.#page('before', this.first)));

  /** The messages after the last; none at the end, or while other messages are loading. */
  newer = () =>
    this.#exclusively(!this.reachesEnd, async () => this.append(await this.#page('after', this.last)));

  async #exclusively(needed, work) {
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

  /** Takes the messages that follow the last, and returns them. Others are here already, or will be loaded. */
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
    // nothing before it is kept any more, whatever the group said before
    this.first = messages[0]?.id ?? Math.min(this.first, Math.max(1, this.#group.first_id));
    return messages;
  }

  async #page(end, id) {
    const query = `?${end}=${id}&limit=${PAGE_SIZE}`;
    const answer = await this.#api.get(path`/groups/${this.#group.id}/messages` + query);
    this.#group.first_id = Math.max(this.#group.first_id ?? 1, answer.first_id ?? 1);
    this.#group.last_id = Math.max(this.#group.last_id, answer.last_id);
    return answer.messages;
  }
}
