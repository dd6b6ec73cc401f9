// Has a screen reader speak new messages, however many come at once.
import { $, el } from '../dom.js';
import { text } from '../texts.js';
import { throttle } from '../throttle.js';

const COLLECT_MILLIS = 300;
/** Of more messages than this at once, a screen reader says how many there are, and speaks the latest. */
const MOST = 5;
/** What was spoken stays for a screen reader that is still busy. */
const KEPT = 10;

export class Announcer {
  #name;
  #waiting = [];
  #speakSoon = throttle(COLLECT_MILLIS, () => this.#speak());

  /** `name` returns the name of a user. */
  constructor(name) {
    this.#name = name;
  }

  announce(messages) {
    if (messages.length > 0) {
      this.#waiting.push(...messages);
      this.#speakSoon();
    }
  }

  /** Nothing more of this group is spoken. */
  close() {
    this.#waiting = [];
    $('spoken').replaceChildren();
  }

  #speak() {
    const skipped = this.#waiting.length - MOST;
    const lines = this.#waiting.slice(-MOST).map(({ sender, text: words }) =>
      text('conversation.said', this.#name(sender), words));
    if (skipped > 0) {
      lines.unshift(text('conversation.more', skipped));
    }
    this.#waiting = [];
    const spoken = $('spoken');
    spoken.append(...lines.map(line => el('p', {}, line)));
    while (spoken.childElementCount > KEPT) {
      spoken.removeChild(spoken.firstChild);
    }
  }
}
