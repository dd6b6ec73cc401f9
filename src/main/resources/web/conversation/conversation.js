// A group's messages, what the user has read of them, and a field to write.
import { Composer } from './composer.js';
import { ConversationHeader } from './conversation-header.js';
import { el } from '../dom.js';
import { unread } from '../group.js';
import { History } from './history.js';
import { MessageList } from './message-list.js';
import { ReadTracker } from './read-tracker.js';
import { Receipts } from './receipts.js';
import { text } from '../texts.js';
import { Viewport } from './viewport.js';

export class Conversation {
  #session;
  #updates;
  #group;
  #header;
  #viewport = new Viewport({
    goToEnd: () => this.#goToEnd(),
    scrolled: () => this.#drawEdges(),
    loadOlder: () => this.#load(this.#viewport.edge, it => it.older(), messages => this.#messages.prepend(messages)),
    loadNewer: () => this.#load(this.#viewport.error, it => it.newer(), messages => this.#appendNewer(messages)),
  });
  #messages;
  #composer;
  #history;
  #reads;
  #closed = false;

  constructor(session, updates, group) {
    this.#session = session;
    this.#updates = updates;
    this.#group = group;
    this.#header = new ConversationHeader(session, group);
    this.#messages = new MessageList(session, group, this.#viewport, {
      added: view => this.#added(view),
      arranged: () => this.#drawEdges(),
    });
    this.#composer = new Composer(session, group, (message, isLate) => this.#sent(message, isLate));
    this.receipts = new Receipts(session, group, () => this.#history, this.#messages);
    this.element = el('section', { className: 'conversation' },
      this.#header.element, this.#viewport.element, this.#composer.element);
    this.rename();
  }

  get id() {
    return this.#group.id;
  }

  rename() {
    this.#header.draw();
    this.#composer.rename();
    this.#messages.rename();
    this.receipts.follow();
    this.#drawEdges();
  }

  focus() {
    this.#composer.focus();
  }

  close() {
    this.#closed = true;
    this.#reads?.close();
    this.#composer.close();
  }

  /** Loads the messages around the first unread one, or around this one. */
  async open(id = this.#group.last_ack + 1) {
    this.#reads?.close();
    this.#reads = new ReadTracker(this.#viewport.root, this.#group.last_ack, upto => this.#read(upto));
    this.#history = new History(this.#session.api, this.#group);
    this.#messages.clear();
    const firstUnread = this.#group.last_ack + 1;
    await this.#load(this.#viewport.error, it => it.open(id - 1), messages => {
      this.#messages.append(messages);
      this.#messages.get(firstUnread)?.markNew();
      this.#reads.skipTo(Math.min(this.#group.first_id - 1, this.#group.last_id));
      this.#viewport.scrollTo(this.#messages.get(id)?.element);
      this.#session.latest(this.#group, this.#history);
    });
    await this.#viewport.fill();
  }

  /** Shows a message to which the user was led. */
  async show(id) {
    if (!this.#messages.get(id)) {
      await this.open(id);
    }
    const view = this.#messages.get(id);
    if (view) {
      this.#viewport.scrollTo(view.element);
      this.#messages.showNudge(id);
    }
  }

  async #goToEnd() {
    if (!this.#history.reachesEnd) {
      await this.open(this.#group.last_id);
    }
    this.#viewport.scrollToEnd();
  }

  /** Takes the messages of an update. Where the end is not on the page, they are loaded on the way there. */
  arrived(messages) {
    const added = this.#history?.append(messages) ?? [];
    this.#messages.append(added);
    this.#messages.announce(added);
    this.#viewport.follow(this.#messages.get(this.#reads.upto + 1)?.element);
  }

  async #sent(message, isLate) {
    this.#group.last_id = Math.max(this.#group.last_id, message.id);
    const counts = this.#group.receipts === 'off' ? { recipients: undefined } : { read: 0, unread: message.recipients };
    this.#messages.append(this.#history.append([{ ...message, ...counts }]));
    await (isLate ? this.#viewport.follow() : this.#goToEnd());
  }

  #appendNewer(messages) {
    this.#messages.append(messages);
    if (this.#history.isCutOff) {
      this.trimmed();
    }
  }

  /** Finds out when the user reads this message, and who else has read it. */
  #added({ message, end }) {
    if (message.sender === this.#session.me.id) {
      this.#reads.markRead(message.id);
    } else {
      this.#reads.watch(end, message.id);
    }
    this.receipts.added(message);
  }

  #read(upto) {
    this.#updates.ack(this.#group.id, upto);
    this.#session.acked(this.#group, upto);
    this.#drawEdges();
  }

  /** Resolves to whether messages came. A failure is shown at the end of the messages that was loaded. */
  async #load(end, load, show) {
    const history = this.#history;
    const isCurrent = () => !this.#closed && history === this.#history;
    try {
      const messages = await load(history);
      if (isCurrent()) {
        this.#viewport.error.textContent = '';
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

  #drawEdges() {
    if (this.#history) {
      this.#viewport.draw(this.#edge(), unread(this.#group), this.#history.reachesEnd);
    }
  }

  /** Why there are no older messages, where that is known. */
  #edge() {
    if (!this.#history.reachesBegin) {
      return '';
    }
    if (this.#messages.isEmpty && this.#group.last_id === 0) {
      return text('conversation.empty');
    }
    return text(this.#group.first_id > 1 ? 'conversation.trimmed' : 'conversation.begin');
  }

  nudged(id) {
    this.#messages.showNudge(id);
  }

  /** Older messages are no longer kept. Where that leaves a gap, the messages are loaded from its end on. */
  trimmed() {
    this.#reads?.skipTo(this.#group.first_id - 1);
    if (this.#history?.isCutOff) {
      this.open();
    }
    this.#drawEdges();
  }
}
