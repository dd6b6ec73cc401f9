// Chooses people out of all that there are. Its `value` is the list of their ids.
import { avatar, el, foreign } from './dom.js';
import { text } from './texts.js';

/** More are found by typing. */
const MOST_SHOWN = 50;

export function picker(people) {
  const chosen = new Set();
  const list = el('ul', { className: 'people' });
  const find = el('input', { type: 'search', placeholder: text('people.find'), ariaLabel: text('people.find'),
    autocomplete: 'off', on: { input: () => draw() } });
  const element = el('div', { className: 'picker', tabIndex: -1, role: 'group' }, find, list);

  function draw() {
    const wanted = find.value.trim().toLowerCase();
    const found = people.filter(({ id, name }) => id.includes(wanted) || name.toLowerCase().includes(wanted));
    const chosenFirst = [...found].sort((a, b) => chosen.has(b.id) - chosen.has(a.id));
    list.replaceChildren(...chosenFirst.slice(0, MOST_SHOWN).map(person));
    if (found.length === 0) {
      list.append(el('li', { className: 'soft' }, text('people.none')));
    }
  }

  function person({ id, name }) {
    const box = el('input', { type: 'checkbox', checked: chosen.has(id), on: {
      change: () => box.checked ? chosen.add(id) : chosen.delete(id),
    } });
    return el('li', {}, el('label', {}, box, avatar(id, name, 'small'), foreign('span', name, 'name'),
      name === id ? null : el('span', { className: 'soft id' }, id)));
  }

  draw();
  Object.defineProperty(element, 'value', { get: () => [...chosen] });
  return element;
}
