// Keeps the counts under the messages up to date, with a few requests a second at most, however many reads come.
import { path } from '../api.js';
import { showsReceipts } from '../group.js';
import { throttle } from '../throttle.js';

const NONE = { from: Infinity, to: 0 };
const COLLECT_MILLIS = 250;
/** The server counts this many messages in one request. */
const PAGE_SIZE = 1000;

export class ReceiptCounts {
  #session;
  #group;
  #range;
  #show;
  #stale = NONE;
  #acked = 0;
  #loadSoon = throttle(COLLECT_MILLIS, () => this.#load());

  /** `range` returns the first and last id on the page; `show` takes the counts of one message. */
  constructor(session, group, range, show) {
    this.#session = session;
    this.#group = group;
    this.#range = range;
    this.#show = show;
  }

  /** Somebody read these messages. The server counts them: the range may include messages before the reader joined. */
  touch(from = 1, to = Infinity) {
    this.#stale = { from: Math.min(from, this.#stale.from), to: Math.max(to, this.#stale.to) };
    this.#loadSoon();
  }

  /** A message came onto the page. Its counts are loaded where it has none and the user may see them. */
  added(message) {
    const known = message.recipients !== undefined || message.archived;
    if (!known && showsReceipts(this.#group, message, this.#session.me.id)) {
      this.touch(message.id, message.id);
    }
  }

  /** No update reports the user's own reads. They change the counts that the user sees under the policy `members`. */
  acked(upto) {
    if (upto > this.#acked && this.#group.receipts === 'members') {
      this.touch(this.#acked + 1, upto);
      this.#acked = upto;
    }
  }

  async #load() {
    const { first, last } = this.#range();
    const from = Math.max(this.#stale.from, first);
    const to = Math.min(this.#stale.to, last);
    this.#stale = NONE;
    for (let start = from; start <= to; start += PAGE_SIZE) {
      const query = `?from=${start}&to=${Math.min(to, start + PAGE_SIZE - 1)}`;
      const answer = await this.#session.api.get(path`/groups/${this.#group.id}/receipts` + query)
        .catch(() => ({ receipts: [] }));
      answer.receipts.forEach(this.#show);
    }
  }
}
