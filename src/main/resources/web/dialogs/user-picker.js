// A field that selects users.
import { avatar } from '../avatar.js';
import { el } from '../dom.js';
import { personName } from '../person.js';
import { RowList } from '../row-list.js';
import { text } from '../texts.js';

/** The search field finds the others. */
const MAX_SHOWN = 50;

/** Its `value` is the list of the selected ids, and its `people` are the users to select from. */
export function userPicker(people) {
  const picker = new Picker();
  picker.follow(people);
  return Object.defineProperties(picker.element, {
    value: { get: () => picker.selected },
    people: {
      set: others => {
        picker.follow(others);
      },
    },
  });
}

class Picker {
  #people = [];
  #selected = new Set();
  #list = el('ul', { className: 'people' });
  #none = el('p', { className: 'soft' }, text('people.none'));
  #search = el('input', { type: 'search', placeholder: text('people.find'), ariaLabel: text('people.find'),
    autocomplete: 'off', on: { input: () => this.#draw() } });
  #rows = new RowList(this.#list, person => this.#row(person));
  element = el('div', { className: 'picker', tabIndex: -1, role: 'group' }, this.#search, this.#list, this.#none);

  get selected() {
    return [...this.#selected];
  }

  /** Who is no longer among the people is no longer selected. */
  follow(people) {
    this.#people = people;
    const ids = new Set(people.map(({ id }) => id));
    this.selected.filter(id => !ids.has(id)).forEach(id => this.#selected.delete(id));
    this.#draw();
  }

  #draw() {
    const query = this.#search.value.trim().toLowerCase();
    const found = this.#people.filter(({ id, name }) => id.includes(query) || name.toLowerCase().includes(query));
    const selectedFirst = found.sort((a, b) => this.#selected.has(b.id) - this.#selected.has(a.id));
    this.#rows.show(selectedFirst.slice(0, MAX_SHOWN));
    this.#none.hidden = found.length > 0;
  }

  #row({ id, name }) {
    const box = el('input', { type: 'checkbox', checked: this.#selected.has(id), on: {
      change: () => box.checked ? this.#selected.add(id) : this.#selected.delete(id),
    } });
    return el('li', {}, el('label', {}, box, avatar(id, name, 'small'), personName({ id, name })));
  }
}
