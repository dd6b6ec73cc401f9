// A message in a conversation.
import { avatar } from '../avatar.js';
import { clock, day, sameDay } from '../dates.js';
import { el, icon, userText } from '../dom.js';
import { ReceiptView } from './receipt-view.js';
import { text } from '../texts.js';

/** A sender who writes again within this time is not named again. */
const SAME_SENDER_MILLIS = 5 * 60_000;

export class MessageView {
  #day = el('h3', { className: 'day', hidden: true });
  #sender = userText('p', '', 'who');
  #newMark = el('p', { className: 'mark', hidden: true }, el('span', {}, text('conversation.new')));
  #nudge = el('p', { className: 'nudged', hidden: true });

  constructor(session, message) {
    this.message = message;
    const mine = message.sender === session.me.id;
    const name = session.name(message.sender);
    this.#sender.textContent = name;
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
      this.#day, this.#newMark, el('div', { className: 'row' }, mine ? null : avatar(message.sender, name), body));
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

  /** Marks this as the first unread message. */
  markNew() {
    this.#newMark.hidden = false;
  }

  showNudge(name) {
    this.#nudge.replaceChildren(icon('bell'), el('span', { dir: 'auto' }, text('nudge.got', name)));
    this.#nudge.hidden = false;
    this.element.classList.add('nudged-now');
  }
}
