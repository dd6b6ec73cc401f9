// Forms. What the server refuses is shown beside the field that is wrong.
import { el } from '../dom.js';

let serial = 0;

/**
 * A form. Each field is `{name, label, input, hint?}`; the input's `value` (or `checked`) is submitted. `submit` takes
 * all values by name, and may throw a Problem. The form's `follow(values)` shows values that changed elsewhere, in the
 * fields that the user has left as they were.
 */
export function form(fields, label, submit) {
  const error = el('p', { className: 'error', role: 'alert' });
  const rows = fields.map(field => row(field));
  const action = el('button', { className: 'primary' }, label);
  let busy = false;
  const send = async event => {
    event.preventDefault();
    if (busy) {
      return;
    }
    clearErrors(rows, error);
    // not disabled, which would take the focus from the button
    busy = true;
    try {
      await submit(Object.fromEntries(fields.map(({ name, input }) => [name, valueOf(input)])));
    } catch (problem) {
      showError(problem, rows, error);
    } finally {
      busy = false;
    }
  };
  const element = el('form', { noValidate: true, on: { submit: send } },
    rows.map(row => row.element), error, el('div', { className: 'buttons' }, action));
  return Object.assign(element, { follow: follower(fields) });
}

function follower(fields) {
  const shown = Object.fromEntries(fields.map(({ name, input }) => [name, valueOf(input)]));
  return values => fields.filter(({ name }) => name in values).forEach(({ name, input }) => {
    if (valueOf(input) === shown[name]) {
      input[input.type === 'checkbox' ? 'checked' : 'value'] = values[name];
    }
    shown[name] = values[name];
  });
}

const valueOf = field => field.type === 'checkbox' ? field.checked : field.value;

function clearErrors(rows, error) {
  error.textContent = '';
  rows.forEach(row => {
    row.error.textContent = '';
    row.input.setAttribute('aria-invalid', 'false');
  });
}

function showError(problem, rows, error) {
  const wrong = rows.find(({ name }) => name === problem.field);
  (wrong?.error ?? error).textContent = problem.message;
  if (wrong) {
    wrong.input.setAttribute('aria-invalid', 'true');
    wrong.input.focus();
  }
}

function row({ name, label, input, hint = '' }) {
  const id = `field-${++serial}`;
  const error = el('p', { className: 'error', role: 'alert', id: `${id}-error` });
  const help = el('p', { className: 'hint', id: `${id}-hint`, hidden: !hint }, hint);
  input.id = id;
  input.setAttribute('aria-describedby', `${id}-error ${id}-hint`);
  const caption = el('label', { htmlFor: id }, label);
  if (input.role === 'group') {
    input.setAttribute('aria-label', label);
  }
  const parts = input.type === 'checkbox' ? [el('div', { className: 'choice' }, input, caption)] : [caption, input];
  return { name, input, error, element: el('div', { className: 'row-field' }, ...parts, error, help) };
}

export const textField = (value = '', more = {}) =>
  el('input', { type: 'text', value, autocomplete: 'off', spellcheck: false, dir: 'auto', ...more });

export const checkbox = checked => el('input', { type: 'checkbox', checked });

/** A choice among pairs of a value and its label. */
export const select = (value, pairs) =>
  el('select', {}, pairs.map(([each, label]) => el('option', { value: each, selected: each === value }, label)));
