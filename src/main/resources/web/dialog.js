// Dialogs and the forms in them. What the server refuses is said beside the field at fault.
import { el, icon } from './dom.js';
import { text } from './texts.js';

let serial = 0;

/** Opens a dialog; Escape closes it, and what had the focus before has it again. */
export function openDialog(title, ...content) {
  const id = `dialog-${++serial}`;
  const close = el('button', { className: 'round', type: 'button', ariaLabel: text('close'), on: {
    click: () => dialog.close(),
  } }, icon('close'));
  const dialog = el('dialog', { on: {
    close: () => dialog.remove(),
    // outside of what it holds is its backdrop
    mousedown: event => event.target === dialog && dialog.close(),
  } }, el('div', { className: 'sheet' },
    el('header', {}, el('h2', { id, dir: 'auto' }, title), close), ...content));
  dialog.setAttribute('aria-labelledby', id);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Whether one is sure. */
export function ask(question, action) {
  return new Promise(resolve => {
    const choose = answer => () => {
      resolve(answer);
      dialog.close();
    };
    const dialog = openDialog(action, el('p', { dir: 'auto' }, question), el('div', { className: 'buttons' },
      el('button', { type: 'button', on: { click: choose(false) } }, text('cancel')),
      el('button', { type: 'button', className: 'danger', on: { click: choose(true) } }, action)));
    dialog.addEventListener('close', () => resolve(false));
  });
}

/**
 * A form. Each field is `{name, label, input, hint?}`, where the input's `value` (or `checked`) is what is sent; `submit`
 * is given all of them by name, and may throw a Problem.
 */
export function form(fields, button, submit) {
  const error = el('p', { className: 'error', role: 'alert' });
  const rows = fields.map(field => row(field));
  const action = el('button', { className: 'primary' }, button);
  const element = el('form', { noValidate: true, on: { submit: async event => {
    event.preventDefault();
    [error, ...rows.map(each => each.error)].forEach(each => each.textContent = '');
    rows.forEach(each => each.input.ariaInvalid = 'false');
    action.disabled = true;
    try {
      await submit(Object.fromEntries(fields.map(field => [field.name, valueOf(field.input)])));
    } catch (problem) {
      tell(problem, rows, error);
    } finally {
      action.disabled = false;
    }
  } } }, rows.map(each => each.element), error, el('div', { className: 'buttons' }, action));
  return element;
}

const valueOf = input => input.type === 'checkbox' ? input.checked : input.value;

function tell(problem, rows, error) {
  const fault = rows.find(each => each.name === problem.field);
  (fault?.error ?? error).textContent = problem.message;
  if (fault) {
    fault.input.ariaInvalid = 'true';
    fault.input.focus();
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
    input.ariaLabel = label;
  }
  const parts = input.type === 'checkbox' ? [el('div', { className: 'choice' }, input, caption)] : [caption, input];
  return { name, input, error, element: el('div', { className: 'row-field' }, ...parts, error, help) };
}

export const input = (value = '', more = {}) =>
  el('input', { type: 'text', value, autocomplete: 'off', spellcheck: false, dir: 'auto', ...more });

export const checkbox = checked => el('input', { type: 'checkbox', checked });

/** A choice among pairs of a value and its label. */
export const select = (value, pairs) =>
  el('select', {}, pairs.map(([each, label]) => el('option', { value: each, selected: each === value }, label)));

/** Shows a token, which nobody can see again. */
export function showToken(name, token) {
  const value = el('input', { type: 'text', readOnly: true, value: token, className: 'token', ariaLabel: text('token.of', name),
    on: { focus: () => value.select() } });
  const copy = el('button', { type: 'button', className: 'primary', on: { click: async () => {
    await copied(value);
    copy.replaceChildren(icon('check'), text('token.copied'));
  } } }, text('token.copy'));
  const dialog = openDialog(text('token.of', name), el('p', { className: 'soft' }, text('token.once')),
    el('div', { className: 'side-by-side' }, value, copy), el('p', { className: 'unseen', role: 'status' }));
  copy.focus();
  return dialog;
}

/** Pages that came without TLS have no clipboard but the old one. */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select();
    document.execCommand('copy');
  }
}
