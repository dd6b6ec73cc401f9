// The messages of a conversation that are on the page.
import { MessageView } from './message-view.js';

export class MessageList {
  #session;
  #group;
  #viewport;
  #added;
  #arranged;
  #views = new Map();

  /** Calls `added` with the view of each new message, and `arranged` after messages were added. */
  constructor(session, group, viewport, { added, arranged }) {
    this.#session = session;
    this.#group = group;
    this.#viewport = viewport;
    this.#added = added;
    this.#arranged = arranged;
  }

  get isEmpty() {
    return this.#views.size === 0;
  }

  /** The view of a message, where it is on the page. */
  get(id) {
    return this.#views.get(id);
  }

  clear() {
    this.#views.clear();
    this.#viewport.clear();
  }

  /** Adds messages after the last. */
  append(messages) {
    const views = this.#viewsOf(messages);
    this.#viewport.append(views.map(view => view.element));
    this.#arrange(messages);
    views.forEach(this.#added);
  }

  /** Adds messages before the first. What is on the screen stays where it is. */
  prepend(messages) {
    if (messages.length === 0) {
      this.#arranged();
      return;
    }
    const views = this.#viewsOf(messages);
    this.#viewport.prepend(views.map(view => view.element), () => this.#arrange(messages));
    views.forEach(this.#added);
  }

  #viewsOf(messages) {
    return messages.map(message => {
      const view = new MessageView(this.#session, message);
      this.#views.set(message.id, view);
      this.showNudge(message.id);
      return view;
    });
  }

  /** Days and senders are shown where they differ from those of the message before. */
  #arrange(messages) {
    const next = (messages.at(-1)?.id ?? 0) + 1;
    [...messages.map(({ id }) => id), next].forEach(id => this.#views.get(id)?.follow(this.#views.get(id - 1)));
    this.#arranged();
  }

  /** Marks this as the first unread message, and no other. */
  markNew(id) {
    this.each(view => view.markNew(view.message.id === id));
  }

  each(work) {
    this.#views.forEach(work);
  }

  /** The id of the message that this element shows; 0 for none. */
  idOf(element) {
    return Number(element?.id.slice('message-'.length) ?? 0);
  }

  /** Shows who asks to read a message, where somebody does. */
  showNudge(id) {
    const nudge = this.#group.nudged.get(id);
    if (nudge) {
      this.#views.get(id)?.showNudge(nudge.by);
    }
  }

  /** A member has read these messages. */
  read({ reader, from, upto, at }) {
    for (const { message, receipts } of this.#views.values()) {
      if (from <= message.id && message.id <= upto) {
        receipts.read(reader, at);
      }
    }
  }

  /** The ids of the messages that somebody has not read, as far as the user sees that. */
  get waiting() {
    return [...this.#views].filter(([, view]) => view.receipts.isWaiting).map(([id]) => id).sort((a, b) => a - b);
  }

  /** Loads again who has read a message, where that is shown. */
  reloadReceipts() {
    this.#views.forEach(view => view.receipts.reload());
  }

  /** Shows the receipts that the group's policy now lets the user see. */
  redrawReceipts() {
    this.#views.forEach(view => view.receipts.draw());
  }

  /** Shows the names that users have now. */
  rename() {
    this.#views.forEach(view => view.rename());
  }
}
