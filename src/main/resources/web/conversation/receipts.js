// The receipts of the messages on the page: the counts under them, and the lists of readers that are open.
import { ReceiptCounts } from './receipt-counts.js';

export class Receipts {
  #group;
  #messages;
  #counts;
  /** The members and the policy that the receipts were drawn for. */
  #drawnFor;

  /** `range` returns the first and last id on the page, and `messages` is their list. */
  constructor(session, group, range, messages) {
    this.#group = group;
    this.#messages = messages;
    this.#counts = new ReceiptCounts(session, group, range, counts => messages.get(counts.id)?.receipts.show(counts));
    this.#drawnFor = this.#shape;
  }

  get #shape() {
    return `${this.#group.members} ${this.#group.receipts}`;
  }

  /** A message came onto the page. */
  added(message) {
    this.#counts.added(message);
  }

  /** The server is about to take the user's ack. */
  acked(upto) {
    this.#counts.acked(upto);
  }

  /** A member has read messages. */
  read(read) {
    this.#messages.read(read);
    this.#counts.touch(read.from, read.upto);
  }

  /** The counts of these messages may have changed. */
  touch(from, upto) {
    this.#counts.touch(from, upto);
  }

  /** No update reports that a member turned its receipts off, and so owes none any more. */
  recheck() {
    const ids = this.#messages.waiting;
    if (ids.length > 0) {
      this.#counts.touch(ids[0], ids[ids.length - 1]);
    }
  }

  /** All receipts may have changed. */
  reload() {
    this.#messages.reloadReceipts();
    this.#counts.touch();
  }

  /** Other members, or another policy, may change what receipts there are to see. */
  follow() {
    if (this.#drawnFor !== this.#shape) {
      this.#drawnFor = this.#shape;
      this.#messages.redrawReceipts();
      this.reload();
    }
  }
}
