// The part of a conversation that is on the screen. It loads more near both ends. Who stands at the end stays there;
// else nothing on the screen moves, whatever changes its size.
import { button, el, icon } from '../dom.js';
import { Place } from './place.js';
import { text } from '../texts.js';
import { throttle } from '../throttle.js';

/** More is loaded when an end is this near, in pixels. */
const NEAR = 600;
/** A wheel that counts lines scrolls so many pixels for each. */
const LINE = 24;
/** After a failure, an end that is near is not loaded again sooner. */
const FILL_MILLIS = 100;

export class Viewport {
  #conversation;
  /** Says, above all messages, why there are no older ones. */
  edge = el('p', { className: 'edge' });
  /** Says, below all messages, what went wrong. */
  error = el('p', { className: 'error', role: 'alert' });
  #list = el('ol', { className: 'messages' });
  root = el('div', { className: 'scroll', tabIndex: 0, role: 'region', ariaLabel: text('conversation.messages'), on: {
    scroll: () => this.#scrolled(),
  } }, this.edge, this.#list, this.error);
  #place = new Place(this.root, this.#list);
  #count = el('span', { className: 'badge' });
  #down = button('down', [icon('down'), this.#count], text('conversation.down'), () => this.#conversation.goToEnd());
  #cover;
  #fillSoon = throttle(FILL_MILLIS, () => this.fill());
  #resized = new ResizeObserver(() => this.#arrangedAnew());
  element;

  /**
   * `conversation` has `scrolled()`, `goToEnd()`, and `loadOlder()` and `loadNewer()`, which resolve to whether
   * messages came. `cover` is an element that may lie over the messages.
   */
  constructor(conversation, cover) {
    this.#conversation = conversation;
    this.#cover = cover;
    this.#down.hidden = true;
    this.element = el('div', { className: 'viewport', on: { wheel: event => this.#wheel(event) } },
      cover, this.root, this.#down);
    this.#resized.observe(this.root);
    this.#resized.observe(this.#list);
  }

  close() {
    this.#resized.disconnect();
  }

  clear() {
    this.#list.replaceChildren();
  }

  draw(edge, unread, reachesEnd) {
    this.edge.textContent = edge;
    this.#count.textContent = unread > 0 ? unread : '';
    this.#place.reachesEnd = reachesEnd;
    this.#hide(this.#down, this.seesEnd);
  }

  /** The focus of a button that goes stays in the conversation. */
  #hide(element, hidden) {
    const hadFocus = hidden && element.contains(document.activeElement);
    element.hidden = hidden;
    if (hadFocus) {
      this.focus();
    }
  }

  focus() {
    this.root.focus({ preventScroll: true });
  }

  append(elements) {
    this.#list.append(...elements);
  }

  /** What is on the screen stays where it is, whatever `arrange` then changes above it. */
  prepend(elements, arrange) {
    this.#place.keep(() => {
      this.#list.prepend(...elements);
      arrange();
    });
  }

  /** Who stands at the end stays there while `change` adds messages to it. */
  follow(change) {
    this.#place.follow(change);
  }

  /** Shows an element and a little of what is above it, or the end where there is no element. */
  scrollTo(element) {
    this.#place.goTo(element ? element.offsetTop - this.root.clientHeight / 4 : this.root.scrollHeight);
  }

  scrollToEnd() {
    this.scrollTo(undefined);
  }

  /** Whether the last message is on the screen to its end. */
  get seesEnd() {
    return this.#place.isAtEnd;
  }

  /** The last message of which something is on the screen. */
  get last() {
    return this.#place.last;
  }

  /** Whether the middle of an element is on the screen, with nothing in front of it. */
  shows(element) {
    const { top, bottom } = element.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    const sight = this.#sight();
    const covered = this.#cover.hidden ? 0 : this.#cover.getBoundingClientRect().bottom;
    const isOpen = document.querySelector('dialog[open]') === null;
    return isOpen && middle >= Math.max(covered, sight.top) && middle <= sight.bottom;
  }

  /** Where an element is: `above` what is on the screen, `below` it, or `here`. */
  where(element) {
    const { top, bottom } = element.getBoundingClientRect();
    const sight = this.#sight();
    if (bottom <= sight.top) {
      return 'above';
    }
    return top >= sight.bottom ? 'below' : 'here';
  }

  /** A zoom or the keyboard of a phone may leave less on the screen than the page knows. */
  #sight() {
    const { top, bottom } = this.root.getBoundingClientRect();
    const { offsetTop, height } = globalThis.visualViewport ?? { offsetTop: 0, height: Infinity };
    return { top: Math.max(top, offsetTop), bottom: Math.min(bottom, offsetTop + height) };
  }

  /** What lies over the messages does not keep a wheel from them. */
  #wheel({ target, deltaY, deltaMode }) {
    if (!this.root.contains(target)) {
      this.root.scrollTop += deltaMode === 0 ? deltaY : deltaY * LINE;
    }
  }

  #scrolled() {
    this.#place.scrolled();
    this.#conversation.scrolled();
    this.#fillSoon();
  }

  #arrangedAnew() {
    this.#place.restore();
    this.#conversation.scrolled();
    this.#fillSoon();
  }

  /** Loads more where an end is near. */
  async fill() {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    const above = scrollTop < NEAR && await this.#conversation.loadOlder();
    const below = scrollHeight - scrollTop - clientHeight < NEAR && await this.#conversation.loadNewer();
    if (above || below) {
      await this.fill();
    }
  }
}
