// A message in a conversation.
import { avatar } from '../avatar.js';
import { clock, day, sameDay } from '../dates.js';
import { el, icon, userText } from '../dom.js';
import { personName } from '../person.js';
import { ReceiptView } from './receipt-view.js';
import { text } from '../texts.js';

/** A sender who writes again within this time is not named again. */
const SAME_SENDER_MILLIS = 5 * 60_000;

export class MessageView {
  #session;
  #name;
  #nudgedBy;
  #day = el('h3', { className: 'day', hidden: true });
  #face = el('div', { className: 'face' });
  #sender = el('p', { className: 'who' });
  #newMark = el('p', { className: 'mark', hidden: true }, el('span', {}, text('conversation.new')));
  #nudge = el('p', { className: 'nudged', hidden: true });

  constructor(session, message) {
    this.#session = session;
    this.message = message;
    const mine = message.sender === session.me.id;
    /** When this is on the screen, the user has read the message to its end. */
    this.end = el('time', {
      className: 'at', dateTime: message.sent_at, title: new Date(message.sent_at).toLocaleString(),
    }, clock(message.sent_at));
    this.receipts = new ReceiptView(session, message);
    const bubble = el('div', { className: 'bubble' }, userText('p', message.text, 'text'), this.end);
    const body = el('div', { className: 'body' },
      mine ? el('p', { className: 'unseen' }, text('conversation.you')) : this.#sender,
      this.#nudge, bubble, this.receipts.element);
    this.element = el('li', { className: mine ? 'message mine' : 'message', id: `message-${message.id}` },
      this.#day, this.#newMark, el('div', { className: 'row' }, mine ? null : this.#face, body));
    this.rename();
  }

  /** Shows the names that users have now. */
  rename() {
    const sender = this.#session.person(this.message.sender);
    if (sender.name !== this.#name) {
      this.#name = sender.name;
      this.#face.replaceChildren(avatar(sender.id, sender.name));
      this.#sender.replaceChildren(personName(sender));
    }
    if (this.#nudgedBy) {
      this.#drawNudge();
    }
    this.receipts.rename();
  }

  /** Shows the day and the sender where they differ from those of the message before. */
  follow(before) {
    const { sender, sent_at: at } = this.message;
    const onSameDay = before !== undefined && sameDay(before.message.sent_at, at);
    this.#day.hidden = onSameDay;
    this.#day.textContent = day(at);
    const again = onSameDay && before.message.sender === sender
      && new Date(at) - new Date(before.message.sent_at) < SAME_SENDER_MILLIS;
    this.element.classList.toggle('again', again);
  }

  /** Marks this as the first unread message, or not. */
  markNew(isNew) {
    this.#newMark.hidden = !isNew;
  }

  showNudge(by) {
    this.#nudgedBy = by;
    this.#drawNudge();
    this.#nudge.hidden = false;
    this.element.classList.add('nudged-now');
  }

  #drawNudge() {
    const words = text('nudge.got', this.#session.called(this.#nudgedBy));
    if (this.#nudge.textContent !== words) {
      this.#nudge.replaceChildren(icon('bell'), el('span', {}, words));
    }
  }
}
