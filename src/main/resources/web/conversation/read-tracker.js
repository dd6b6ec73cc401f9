// Which messages the user has read: a message counts as read when its end was on the screen for a second while somebody
// looked.
import { Attention } from './attention.js';
import { throttle } from '../throttle.js';

const READ_MILLIS = 1_000;
const LOOK_MILLIS = 200;

export class ReadTracker {
  #read;
  #isInSight;
  #messages = new Map();
  /** Since when the elements that are on the screen have been there. */
  #onScreen = new Map();
  #observer;
  #attention = new Attention(() => this.#lookSoon());
  #lookSoon = throttle(LOOK_MILLIS, () => this.#look());

  /**
   * Calls `read` with the messages that were read. `root` is the element that scrolls; `isInSight` tells of an element
   * whether nothing is in front of it.
   */
  constructor(root, isInSight, read) {
    this.#isInSight = isInSight;
    this.#read = read;
    this.#observer = new IntersectionObserver(entries => this.#observed(entries), { root, threshold: 0.5 });
  }

  close() {
    this.#observer.disconnect();
    this.#attention.close();
    this.#onScreen.clear();
  }

  /** Watches the end of a message. */
  watch(element, message) {
    this.#messages.set(element, message);
    this.#observer.observe(element);
  }

  /** Who answers has read the messages in sight. */
  answered() {
    this.#take([...this.#onScreen.keys()].filter(this.#isInSight));
  }

  #observed(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) {
        this.#onScreen.delete(target);
      } else if (this.#messages.has(target) && !this.#onScreen.has(target)) {
        this.#onScreen.set(target, Date.now());
      }
    }
    this.#lookSoon();
  }

  #look() {
    const { since } = this.#attention;
    if (since === Infinity || this.#onScreen.size === 0) {
      return;
    }
    const now = Date.now();
    const elements = [...this.#onScreen.keys()];
    elements.filter(element => !this.#isInSight(element)).forEach(element => this.#onScreen.set(element, now));
    this.#take(elements.filter(element => now - Math.max(since, this.#onScreen.get(element)) >= READ_MILLIS));
    this.#lookSoon();
  }

  #take(elements) {
    const messages = elements.map(element => this.#messages.get(element));
    for (const element of elements) {
      this.#observer.unobserve(element);
      this.#messages.delete(element);
      this.#onScreen.delete(element);
    }
    if (messages.length > 0) {
      this.#read(messages);
    }
  }
}
