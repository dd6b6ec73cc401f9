// One message, as it stands in a conversation.
import { avatar, el, foreign, icon } from './dom.js';
import { Receipts } from './receipts.js';
import { clock, day, midnight, text } from './texts.js';

/** One who writes again so soon is not named again. */
const TOGETHER_MILLIS = 5 * 60_000;

export class MessageView {
  #day = el('h3', { className: 'day', hidden: true });
  #who = foreign('p', '', 'who');
  #mark = el('p', { className: 'mark', hidden: true }, el('span', {}, text('talk.new')));
  #nudged = el('p', { className: 'nudged', hidden: true });

  constructor(session, message) {
    this.message = message;
    const mine = message.sender === session.me.id;
    const name = session.name(message.sender);
    this.#who.textContent = name;
    /** When this is in view, the message was read to its end. */
    this.end = el('time', { className: 'at', dateTime: message.sent_at, title: new Date(message.sent_at).toLocaleString() },
      clock(message.sent_at));
    this.receipts = new Receipts(session, message);
    const bubble = el('div', { className: 'bubble' }, foreign('p', message.text, 'text'), this.end);
    const body = el('div', { className: 'body' }, mine ? el('p', { className: 'unseen' }, text('talk.you')) : this.#who,
      this.#nudged, bubble, this.receipts.element);
    this.element = el('li', { className: mine ? 'message mine' : 'message', id: `message-${message.id}` },
      this.#day, this.#mark, el('div', { className: 'row' }, mine ? null : avatar(message.sender, name), body));
  }

  /** Says the day where it is another than before, and names the sender where it is another. */
  follow(before) {
    const { sender, sent_at: at } = this.message;
    const sameDay = before && midnight(before.message.sent_at) === midnight(at);
    this.#day.hidden = Boolean(sameDay);
    this.#day.textContent = day(at);
    const together = sameDay && before.message.sender === sender
      && new Date(at) - new Date(before.message.sent_at) < TOGETHER_MILLIS;
    this.element.classList.toggle('again', Boolean(together));
  }

  /** The first that was not read before. */
  markNew() {
    this.#mark.hidden = false;
  }

  nudgedBy(name) {
    this.#nudged.replaceChildren(icon('bell'), el('span', { dir: 'auto' }, text('nudge.got', name)));
    this.#nudged.hidden = false;
    this.element.classList.add('nudged-now');
  }
}
