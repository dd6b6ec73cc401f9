// Dialogs.
import { el, icon } from '../dom.js';
import { text } from '../texts.js';

let serial = 0;

/** Opens a dialog. Escape and a click beside it close it, and the focus returns to where it was. */
export function openDialog(title, ...content) {
  const id = `dialog-${++serial}`;
  const close = el('button', { className: 'round', type: 'button', ariaLabel: text('close'), on: {
    click: () => dialog.close(),
  } }, icon('close'));
  const dialog = el('dialog', { on: {
    close: () => dialog.remove(),
    // the sheet covers the dialog: a click on the dialog itself is a click on its backdrop
    mousedown: event => event.target === dialog && dialog.close(),
  } }, el('div', { className: 'sheet' },
    el('header', {}, el('h2', { id, dir: 'auto' }, title), close), ...content));
  dialog.setAttribute('aria-labelledby', id);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks before an action that cannot be undone. Resolves to whether the user confirmed it. */
export function askToConfirm(question, action) {
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
