// Where one is in a conversation: it asks for more near its two ends, keeps its place, and follows the end.
import { el, icon, soon } from './dom.js';
import { text } from './texts.js';

/** So near to an end, more is asked for. */
const NEAR = 600;
/** So near to the end, it is followed. */
const AT_END = 60;
/** After a failure, an end that is near asks again no sooner. */
const FILL_MILLIS = 100;
/** So much of what was before stands above what is followed. */
const MARGIN = 24;

export class Stage {
  #talk;
  #follows = true;
  /** Stands above all messages. */
  edge = el('p', { className: 'edge' });
  /** Stands below them. */
  error = el('p', { className: 'error', role: 'alert' });
  #list = el('ol', { className: 'messages' });
  root = el('div', { className: 'scroll', tabIndex: 0, role: 'region', ariaLabel: text('talk.messages'), on: {
    scroll: () => this.#scrolled(),
  } }, this.edge, this.#list, this.error);
  #count = el('span', { className: 'badge' });
  #down = el('button', { className: 'down', hidden: true, ariaLabel: text('talk.down'), title: text('talk.down'), on: {
    click: () => this.#talk.toEnd(),
  } }, icon('down'), this.#count);
  #fillSoon = soon(FILL_MILLIS, () => this.fill());
  element = el('div', { className: 'stage' }, this.root, this.#down);

  /** `talk` goes `toEnd`, hears that it was `moved`, and tells of `older` and `newer` whether something came. */
  constructor(talk) {
    this.#talk = talk;
  }

  clear() {
    this.#list.replaceChildren();
  }

  /** What stands above all, how many are unread, and whether the last is among those here. */
  draw(edge, waiting, reachesEnd) {
    this.edge.textContent = edge;
    this.#count.textContent = waiting > 0 ? waiting : '';
    this.#down.hidden = this.#follows && reachesEnd;
  }

  append(elements) {
    this.#list.append(...elements);
  }

  /** What one reads stays where it is, whatever is then arranged above it. */
  prepend(elements, arrange) {
    const below = this.root.scrollHeight - this.root.scrollTop;
    this.#list.prepend(...elements);
    arrange();
    this.root.scrollTop = this.root.scrollHeight - below;
  }

  /** With a little of what was before it. */
  bringUp(element) {
    this.root.scrollTop = element.offsetTop - this.root.clientHeight / 4;
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
  }

  /** To the end, if that is where one was, but no further than to an element that would be passed over. */
  follow(element) {
    if (this.#follows) {
      const end = this.root.scrollHeight - this.root.clientHeight;
      this.root.scrollTop = Math.min(end, element ? element.offsetTop - MARGIN : end);
    }
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    this.#follows = scrollHeight - scrollTop - clientHeight < AT_END;
    this.#talk.moved();
    this.#fillSoon();
  }

  /** Asks for more where an end is near. */
  async fill() {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    const above = scrollTop < NEAR && await this.#talk.older();
    const below = scrollHeight - scrollTop - clientHeight < NEAR && await this.#talk.newer();
    if (above || below) {
      await this.fill();
    }
  }
}
