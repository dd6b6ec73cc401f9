// A field that selects users.
import { avatar } from '../avatar.js';
import { el, userText } from '../dom.js';
import { text } from '../texts.js';

/** The search field finds the others. */
const MAX_SHOWN = 50;

/** Its `value` is the list of the selected ids. */
export function userPicker(people) {
  const selected = new Set();
  const list = el('ul', { className: 'people' });
  const search = el('input', { type: 'search', placeholder: text('people.find'), ariaLabel: text('people.find'),
    autocomplete: 'off', on: { input: () => draw() } });
  const element = el('div', { className: 'picker', tabIndex: -1, role: 'group' }, search, list);

  function draw() {
    const query = search.value.trim().toLowerCase();
    const found = people.filter(({ id, name }) => id.includes(query) || name.toLowerCase().includes(query));
    const selectedFirst = [...found].sort((a, b) => selected.has(b.id) - selected.has(a.id));
    list.replaceChildren(...selectedFirst.slice(0, MAX_SHOWN).map(person));
    if (found.length === 0) {
      list.append(el('li', { className: 'soft' }, text('people.none')));
    }
  }

  function person({ id, name }) {
    const box = el('input', { type: 'checkbox', checked: selected.has(id), on: {
      change: () => box.checked ? selected.add(id) : selected.delete(id),
    } });
    return el('li', {}, el('label', {}, box, avatar(id, name, 'small'), userText('span', name, 'name'),
      name === id ? null : el('span', { className: 'soft id' }, id)));
  }

  draw();
  Object.defineProperty(element, 'value', { get: () => [...selected] });
  return element;
}
