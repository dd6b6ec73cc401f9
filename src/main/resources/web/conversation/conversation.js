// A group's messages, what the user has read of them, and a field to write.
import { Announcer } from './announcer.js';
import { Composer } from './composer.js';
import { ConversationHeader } from './conversation-header.js';
import { el } from '../dom.js';
import { Reader } from './reader.js';
import { Receipts } from './receipts.js';
import { Transcript } from './transcript.js';

export class Conversation {
  #session;
  #group;
  #header;
  #transcript;
  #composer;
  #reader;
  #announcer;

  constructor(session, updates, group) {
    this.#session = session;
    this.#group = group;
    this.#header = new ConversationHeader(session, group);
    this.#reader = new Reader(session, updates, group);
    this.#announcer = new Announcer(session.called);
    this.#transcript = new Transcript(session, group, this.#reader, ({ message }) => this.receipts.added(message));
    this.receipts = new Receipts(session, group, () => this.#transcript.range, this.#transcript.messages);
    this.#composer = new Composer(session, group, message => this.#sent(message));
    this.element = el('section', { className: 'conversation' },
      this.#header.element, this.#transcript.element, this.#composer.element);
    // before the composer takes the text
    this.element.addEventListener('submit', () => this.#composer.hasText && this.#answer(), true);
    this.rename();
  }

  get id() {
    return this.#group.id;
  }

  rename() {
    this.#header.draw();
    this.#composer.rename();
    this.#transcript.messages.rename();
    this.receipts.follow();
    this.#transcript.draw();
  }

  focus() {
    this.#composer.focus();
  }

  close() {
    this.#transcript.close();
    this.#composer.close();
    this.#announcer.close();
  }

  open = () => this.#transcript.open();

  /** Shows a message to which the user was led. */
  show = id => this.#transcript.show(id);

  /** Takes the messages of an update. */
  arrived(messages) {
    const added = this.#transcript.take(messages);
    this.#announcer.announce(added.filter(({ sender }) => sender !== this.#session.me.id));
  }

  /** Who answers has read what is in sight, and wants to see the answer. */
  #answer() {
    this.#reader.answered();
    this.#transcript.goToEnd();
  }

  #sent(message) {
    this.#group.last_id = Math.max(this.#group.last_id, message.id);
    this.#reader.sent(message);
    const counts = this.#group.receipts === 'off' ? { recipients: undefined } : { read: 0, unread: message.recipients };
    this.#transcript.take([{ ...message, ...counts }]);
  }

  nudged(id) {
    this.#transcript.messages.showNudge(id);
  }

  reconnected() {
    this.receipts.reload();
    this.#transcript.reconnected();
  }

  /** The server may have gone back to an older state. */
  async resync() {
    await this.#transcript.resync();
    this.receipts.reload();
  }

  trimmed() {
    this.#transcript.trimmed();
  }
}
