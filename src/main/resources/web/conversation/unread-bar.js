// Says how many messages are unread where not all of them are in sight, and leads to the first, or counts all as read.
import { button, el, icon } from '../dom.js';
import { text } from '../texts.js';

export class UnreadBar {
  #short = el('span', { className: 'short' });
  #long = el('span', { className: 'long' });
  #jump;
  element;

  constructor({ goToUnread, readAll }) {
    this.#jump = button('jump', [icon('up'), this.#short, this.#long], '', goToUnread);
    this.element = el('div', { className: 'unread-bar', hidden: true },
      this.#jump, el('button', { type: 'button', className: 'quiet', on: { click: readAll } }, text('unread.all')));
  }

  /** `first` tells where the first unread message is: `above`, `below` or `here`, on the screen. */
  draw(count, first, seesEnd) {
    this.element.hidden = count === 0 || first === 'here' && seesEnd;
    this.#jump.disabled = first === 'here';
    this.#jump.classList.toggle('below', first === 'below');
    const short = text('groups.unread', count);
    const long = this.#jump.disabled ? short : text('unread.first', count);
    this.#short.textContent = short;
    this.#long.textContent = long;
    this.#jump.title = long;
    this.#jump.setAttribute('aria-label', long);
  }
}
