// The part of a conversation that is on the screen. It loads more near both ends, keeps its place, and follows the end.
import { button, el, icon } from '../dom.js';
import { text } from '../texts.js';
import { throttle } from '../throttle.js';

/** More is loaded when an end is this near, in pixels. */
const NEAR = 600;
/** This near to the end, the viewport follows it. */
const AT_END = 60;
/** After a failure, an end that is near is not loaded again sooner. */
const FILL_MILLIS = 100;
/** How much of what is above the first unread message stays on the screen. */
const MARGIN = 24;

export class Viewport {
  #conversation;
  #follows = true;
  /** Says, above all messages, why there are no older ones. */
  edge = el('p', { className: 'edge' });
  /** Says, below all messages, what went wrong. */
  error = el('p', { className: 'error', role: 'alert' });
  #list = el('ol', { className: 'messages' });
  root = el('div', { className: 'scroll', tabIndex: 0, role: 'region', ariaLabel: text('conversation.messages'), on: {
    scroll: () => this.#scrolled(),
  } }, this.edge, this.#list, this.error);
  #count = el('span', { className: 'badge' });
  #down = button('down', [icon('down'), this.#count], text('conversation.down'), () => this.#conversation.goToEnd());
  #fillSoon = throttle(FILL_MILLIS, () => this.fill());
  element = el('div', { className: 'viewport' }, this.root, this.#down);

  /**
   * `conversation` has `scrolled()`, `goToEnd()`, and `loadOlder()` and `loadNewer()`, which resolve to whether
   * messages came.
   */
  constructor(conversation) {
    this.#conversation = conversation;
    this.#down.hidden = true;
  }

  clear() {
    this.#list.replaceChildren();
  }

  draw(edge, unread, reachesEnd) {
    this.edge.textContent = edge;
    this.#count.textContent = unread > 0 ? unread : '';
    this.#down.hidden = this.#follows && reachesEnd;
  }

  append(elements) {
    // the event that reports the user's latest scrolling may not have come yet
    this.#follows ||= this.#isAtEnd;
    this.#list.append(...elements);
  }

  /** What is on the screen stays where it is, whatever `arrange` then changes above it. */
  prepend(elements, arrange) {
    const below = this.root.scrollHeight - this.root.scrollTop;
    this.#list.prepend(...elements);
    arrange();
    this.root.scrollTop = this.root.scrollHeight - below;
  }

  /** Shows an element and a little of what is above it, or the end where there is no element. */
  scrollTo(element) {
    if (element) {
      this.root.scrollTop = element.offsetTop - this.root.clientHeight / 4;
    } else {
      this.scrollToEnd();
    }
  }

  scrollToEnd() {
    this.root.scrollTop = this.root.scrollHeight;
  }

  /** Scrolls to the end if it was there before, but no further than to the first unread element. */
  follow(firstUnread) {
    if (this.#follows) {
      const end = this.root.scrollHeight - this.root.clientHeight;
      this.root.scrollTop = Math.min(end, firstUnread ? firstUnread.offsetTop - MARGIN : end);
    }
  }

  get #isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    return scrollHeight - scrollTop - clientHeight < AT_END;
  }

  #scrolled() {
    this.#follows = this.#isAtEnd;
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
