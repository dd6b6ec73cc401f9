// The messages of a conversation: loads them, shows them, and finds out which of them the user reads.
import { drawEdges } from './edges.js';
import { History } from './history.js';
import { MessageList } from './message-list.js';
import { UnreadBar } from './unread-bar.js';
import { Viewport } from './viewport.js';

export class Transcript {
  #session;
  #group;
  #reader;
  #bar = new UnreadBar({ goToUnread: () => this.goToUnread(), readAll: () => this.#readAll() });
  #viewport = new Viewport({
    goToEnd: () => this.goToEnd(),
    scrolled: () => this.draw(),
    loadOlder: () => this.#load(this.#viewport.edge, it => it.older(), messages => this.messages.prepend(messages)),
    loadNewer: () => this.#load(this.#viewport.error, it => it.newer(), messages => this.#appendNewer(messages)),
  }, this.#bar.element);
  messages;
  #history;
  #closed = false;
  element = this.#viewport.element;

  /** Calls `added` with the view of each message that comes onto the page. */
  constructor(session, group, reader, added) {
    this.#session = session;
    this.#group = group;
    this.#reader = reader;
    this.messages = new MessageList(session, group, this.#viewport, {
      added: view => {
        reader.watch(view);
        added(view);
      },
      arranged: () => this.draw(),
    });
    this.#history = new History(session.api, group);
  }

  close() {
    this.#closed = true;
    this.#reader.close();
    this.#viewport.close();
  }

  /** The ids of the first and the last message on the page. */
  get range() {
    return this.#history;
  }

  /** Loads the messages around the first unread one, or around this one. */
  async open(id = this.#group.last_ack + 1) {
    this.#reader.open(this.#viewport);
    this.#history = new History(this.#session.api, this.#group);
    this.messages.clear();
    await this.#load(this.#viewport.error, it => it.open(id - 1), messages => {
      this.#reader.skipTo(Math.min(this.#group.first_id - 1, this.#group.last_id));
      this.messages.append(messages);
      this.messages.markNew(this.#group.last_ack + 1);
      this.#viewport.scrollTo(this.messages.get(id)?.element);
      this.#session.latest(this.#group, this.#history);
      this.draw();
    });
    await this.#viewport.fill();
  }

  /** Shows a message to which the user was led. */
  async show(id) {
    if (!this.messages.get(id)) {
      await this.open(id);
    }
    if (this.messages.get(id)) {
      this.#viewport.scrollTo(this.messages.get(id).element);
      this.messages.showNudge(id);
    }
  }

  async goToEnd() {
    if (!this.#history.reachesEnd) {
      await this.open(this.#group.last_id);
    }
    this.#viewport.scrollToEnd();
  }

  async goToUnread() {
    this.#viewport.focus();
    await this.show(this.#group.last_ack + 1);
    this.messages.markNew(this.#group.last_ack + 1);
  }

  #readAll() {
    this.#viewport.focus();
    this.#reader.readAll();
  }

  /**
   * Takes new messages, and returns those that come onto the page. Where the end is not on the page, they are loaded on
   * the way there.
   */
  take(messages) {
    const added = this.#history.append(messages);
    this.#viewport.follow(() => this.messages.append(added));
    this.draw();
    return added;
  }

  #appendNewer(messages) {
    this.messages.append(messages);
    if (this.#history.isCutOff) {
      this.trimmed();
    }
  }

  /** Resolves to whether messages came. A failure is shown at the end of the messages that was loaded. */
  async #load(end, load, show) {
    const history = this.#history;
    const isCurrent = () => !this.#closed && history === this.#history;
    try {
      const messages = await load(history);
      if (isCurrent()) {
        this.#viewport.error.textContent = '';
        this.#session.reads.met(this.#group, messages);
        show(messages);
      }
      return isCurrent() && messages.length > 0;
    } catch (problem) {
      if (isCurrent()) {
        end.textContent = problem.message;
      }
      return false;
    }
  }

  draw() {
    drawEdges(this.#group, this.#history, this.messages, this.#viewport, this.#bar);
  }

  /** What was missed comes with the updates, but not what failed to load. */
  async reconnected() {
    if (!this.#history.isOpen) {
      await this.open();
    }
  }

  /** The server may have gone back to an older state. Messages that it no longer has are replaced. */
  async resync() {
    const history = this.#history;
    this.#reader.close();
    const [same] = await Promise.all([history.check().catch(() => false), this.#session.refresh()]);
    if (this.#closed || history !== this.#history) {
      return;
    }
    if (same) {
      this.#reader.open(this.#viewport);
      this.messages.each(view => this.#reader.watch(view));
      await this.#viewport.fill();
    } else {
      this.#group.nudged.clear();
      await this.open();
    }
  }

  /** Older messages are no longer kept. Where that leaves a gap, the messages are loaded from its end on. */
  trimmed() {
    this.#reader.skipTo(this.#group.first_id - 1);
    if (this.#history.isCutOff) {
      this.open();
    }
    this.draw();
  }
}
