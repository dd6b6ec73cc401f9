// The messages of a conversation that are on the page.
import { $ } from '../dom.js';
import { MessageView } from './message-view.js';
import { text } from '../texts.js';

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

  /** Has a screen reader speak the messages of others. */
  announce(messages) {
    for (const { sender, text: words } of messages.filter(message => message.sender !== this.#session.me.id)) {
      $('spoken').textContent = text('conversation.said', this.#session.name(sender), words);
    }
  }

  /** Shows who asks to read a message, where somebody does. */
  showNudge(id) {
    const nudge = this.#group.nudged.get(id);
    if (nudge) {
      this.#views.get(id)?.showNudge(this.#session.name(nudge.by));
    }
  }
}
