// The texts of a group that are on their way to the server.
import { el, userText } from '../dom.js';
import { text } from '../texts.js';
import { throttle } from '../throttle.js';

/** Most texts arrive before this and are shown as messages only. */
const SOON_MILLIS = 400;

export class WaitingTexts {
  #outbox;
  #group;
  #list = el('ul', {});
  #state = el('p', { className: 'soft', role: 'status' });
  #drawSoon = throttle(SOON_MILLIS, () => this.#draw());
  element = el('div', { className: 'waiting-texts', hidden: true }, this.#list, this.#state);

  constructor(outbox, group) {
    this.#outbox = outbox;
    this.#group = group;
    this.#draw();
  }

  changed() {
    if (this.element.hidden) {
      this.#drawSoon();
    } else {
      this.#draw();
    }
  }

  #draw() {
    const waiting = this.#outbox.of(this.#group);
    const why = waiting[0]?.why;
    const state = why ? text('send.waiting', why) : text('send.under.way');
    this.element.hidden = waiting.length === 0;
    this.#list.replaceChildren(...waiting.map(each => el('li', {}, userText('p', each.text, 'text'))));
    if (this.#state.textContent !== state) {
      this.#state.textContent = state;
    }
    // the last one is the one that the user has just written
    this.#list.scrollTop = this.#list.scrollHeight;
  }
}
