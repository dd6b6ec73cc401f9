// Tells the server and the page what the user has read in a conversation: the cursor where it can move, else single
// messages.
import { isRead } from '../group.js';
import { ReadTracker } from './read-tracker.js';

export class Reader {
  #session;
  #updates;
  #group;
  #tracker;

  constructor(session, updates, group) {
    this.#session = session;
    this.#updates = updates;
    this.#group = group;
  }

  /** Begins to watch messages, and forgets those watched before. */
  open(viewport) {
    this.close();
    const isInSight = end => viewport.shows(end);
    this.#tracker = new ReadTracker(viewport.root, isInSight, messages => this.#read(messages));
  }

  close() {
    this.#tracker?.close();
    this.#tracker = undefined;
  }

  /** A message came onto the page. */
  watch({ message, end }) {
    if (!isRead(this.#group, message.id)) {
      this.#tracker?.watch(end, message);
    }
  }

  /** Who answers has read what was in sight. */
  answered() {
    this.#tracker?.answered();
  }

  /** The server has a message that the user has sent. The update that has it, too, brings the cursor to it. */
  sent(message) {
    this.#session.reads.met(this.#group, [message]);
  }

  readAll() {
    this.skipTo(this.#group.last_id);
  }

  /** Counts all messages up to this one as read, such as those that are no longer kept. */
  skipTo(id) {
    if (id > this.#group.last_ack) {
      this.#acking(() => this.#session.reads.moveTo(this.#group, id));
    }
  }

  #read(messages) {
    const unread = messages.filter(({ id }) => !isRead(this.#group, id));
    this.#acking(() => this.#session.reads.add(this.#group, unread));
    unread.filter(({ id }) => id > this.#group.last_ack).forEach(({ id }) => this.#updates.ackOne(this.#group.id, id));
  }

  #acking(read) {
    const before = this.#group.last_ack;
    read();
    if (this.#group.last_ack > before) {
      this.#updates.ack(this.#group.id, this.#group.last_ack);
    }
  }
}
