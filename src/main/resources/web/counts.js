// Keeps the counts under the messages right, with at most a few requests a second however many reads come.
import { path } from './api.js';
import { soon } from './dom.js';

const NONE = { from: Infinity, to: 0 };
const GATHER_MILLIS = 250;
/** The server counts so many at once. */
const MOST = 1000;

export class Counts {
  #api;
  #id;
  #range;
  #show;
  #stale = NONE;
  #ask = soon(GATHER_MILLIS, () => this.#asked());

  /** `range` says which messages there are, `show` takes the counts of one. */
  constructor(api, id, range, show) {
    this.#api = api;
    this.#id = id;
    this.#range = range;
    this.#show = show;
  }

  /** Something was read there. How much is asked, not added up: a range may cover what its reader did not owe. */
  touch(from = 1, to = Infinity) {
    this.#stale = { from: Math.min(from, this.#stale.from), to: Math.max(to, this.#stale.to) };
    this.#ask();
  }

  async #asked() {
    const { first, last } = this.#range();
    const from = Math.max(this.#stale.from, first);
    const to = Math.min(this.#stale.to, last);
    this.#stale = NONE;
    for (let at = from; at <= to; at += MOST) {
      const query = `?from=${at}&to=${Math.min(to, at + MOST - 1)}`;
      const answer = await this.#api.get(path`/groups/${this.#id}/receipts` + query).catch(() => ({ receipts: [] }));
      answer.receipts.forEach(this.#show);
    }
  }
}
