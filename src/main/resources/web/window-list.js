// A list that scrolls and builds only the rows near its window, so that it may have thousands.
import { el } from './dom.js';
import { RowList } from './row-list.js';

/** Rows that are built above the window and below it. */
const SPARE = 12;
/** More than a window is high, in pixels. */
const WINDOW_HEIGHT = 320;
const ROW_HEIGHT = 40;

/** The rows to build for a window at this scroll position: from this index to before that one. */
export function rowsNear(scrollTop, rowHeight, count) {
  const from = Math.floor(scrollTop / rowHeight) - SPARE;
  const to = Math.ceil((scrollTop + WINDOW_HEIGHT) / rowHeight) + SPARE;
  return { from: Math.max(0, Math.min(from, count)), to: Math.min(to, count) };
}

/** How many rows of `after` precede the first row that was at this index or below it and is still there. */
export function indexAfter(before, index, after, idOf) {
  const places = new Map(after.map((item, place) => [idOf(item), place]));
  const kept = before.slice(index).find(item => places.has(idOf(item)));
  return kept === undefined ? after.length : places.get(idOf(kept));
}

/** All rows are of one height. What is in the window stays there while rows above it come and go. */
export class WindowList {
  #items = [];
  #describe;
  #list = el('ul');
  #rows;
  element = el('div', { className: 'window', role: 'group', on: { scroll: () => this.draw() } }, this.#list);

  /** `describe` makes plain data of an item, with its `id`, and `row` makes an element of that. */
  constructor(describe, row) {
    this.#describe = describe;
    this.#rows = new RowList(this.#list, row);
  }

  show(items) {
    const before = this.#items;
    const top = this.element.scrollTop;
    this.#items = items;
    if (top > 0) {
      this.#moveWindow(before, top);
    }
    this.draw();
  }

  #moveWindow(before, top) {
    const height = this.#rowHeight;
    const index = Math.floor(top / height);
    const moved = indexAfter(before, index, this.#items, ({ id }) => id) - index;
    this.#makeRoom(0, 0);
    this.element.scrollTop = top + moved * height;
  }

  /** Draws the rows near the window. A row is built anew where what describes its item has changed. */
  draw() {
    const count = this.#items.length;
    const { from, to } = rowsNear(this.element.scrollTop, this.#rowHeight, count);
    this.#rows.show(this.#items.slice(from, to).map(this.#describe));
    this.#makeRoom(from, to);
    this.#number(from, count);
    this.element.tabIndex = this.element.scrollHeight > this.element.clientHeight ? 0 : -1;
  }

  /** The list is as high as if all rows were there. */
  #makeRoom(from, to) {
    const height = this.#rowHeight;
    this.#list.style.paddingTop = `${from * height}px`;
    this.#list.style.paddingBottom = `${(this.#items.length - to) * height}px`;
  }

  /** Tells a screen reader which rows these are, where some are missing. */
  #number(from, count) {
    const rows = [...this.#list.children];
    if (rows.length < count) {
      rows.forEach((row, i) => {
        row.setAttribute('aria-setsize', count);
        row.setAttribute('aria-posinset', from + i + 1);
      });
    }
  }

  get #rowHeight() {
    return this.#list.firstElementChild?.getBoundingClientRect().height || ROW_HEIGHT;
  }
}
