// The rows of a list, updated in place.

const FOCUSABLE = 'a[href], button, input';

export class RowList {
  #list;
  #build;
  /** By the ids of their items. */
  #rows = new Map();
  #isPressed = false;
  /** The items to show when the pointer is up again. */
  #next = undefined;

  /** `build` makes the element of an item, which is plain data with an `id`. */
  constructor(list, build) {
    this.#list = list;
    this.#build = build;
    list.addEventListener('pointerdown', event => this.#press(event));
  }

  /**
   * Shows these items in this order. The row of an item that is as it was stays; another takes over the focus. Under a
   * pointer that is down all rows stay for now: a click on a row that is replaced is lost.
   */
  show(items) {
    if (this.#isPressed) {
      this.#next = items;
    } else {
      this.#show(items);
    }
  }

  #press({ target }) {
    const ended = new AbortController();
    const release = () => {
      ended.abort();
      // the click comes after the pointer is up
      setTimeout(() => this.#release());
    };
    if (target !== this.#list && !this.#isPressed) {
      this.#isPressed = true;
      ['pointerup', 'pointercancel'].forEach(type => addEventListener(type, release, { signal: ended.signal }));
    }
  }

  #release() {
    this.#isPressed = false;
    if (this.#next) {
      this.#show(this.#next);
      this.#next = undefined;
    }
  }

  #show(items) {
    const focus = this.#focus();
    const rows = new Map(items.map(item => [item.id, this.#row(item)]));
    this.#rows.forEach(({ element }, id) => rows.get(id)?.element === element || element.remove());
    this.#rows = rows;
    this.#arrange();
    this.#refocus(focus);
  }

  #row(item) {
    const content = JSON.stringify(item);
    const row = this.#rows.get(item.id);
    return row?.content === content ? row : { content, element: this.#build(item) };
  }

  #arrange() {
    let place = this.#list.firstElementChild;
    for (const { element } of this.#rows.values()) {
      if (element === place) {
        place = place.nextElementSibling;
      } else {
        this.#list.insertBefore(element, place);
      }
    }
  }

  /** Where in the list the focus is. */
  #focus() {
    const active = document.activeElement;
    if (!this.#list.contains(active)) {
      return undefined;
    }
    const [id, { element }] = [...this.#rows].find(row => row[1].element.contains(active)) ?? [undefined, {}];
    return { active, id, index: [...element?.querySelectorAll(FOCUSABLE) ?? []].indexOf(active) };
  }

  #refocus({ active, id, index } = {}) {
    if (active && document.activeElement !== active) {
      this.#rows.get(id)?.element.querySelectorAll(FOCUSABLE)[index]?.focus({ preventScroll: true });
    }
  }
}
