// Dialogs.
import { el, icon } from '../dom.js';
import { text } from '../texts.js';

let serial = 0;

/** Opens a dialog. Escape and a click beside it close it, and the focus returns to where it was. */
export function openDialog(title, ...content) {
  const close = el('button', { className: 'round', type: 'button', ariaLabel: text('close'), on: {
    click: () => dialog.close(),
  } }, icon('close'));
  // the sheet covers the dialog: a click on the dialog itself is a click on its backdrop
  const dialog = newDialog(title, [close], content, {
    mousedown: event => event.target === dialog && dialog.close(),
  });
  dialog.showModal();
  return dialog;
}

/** Opens a dialog for what is shown only once: nothing closes it but a button in it that calls `close()`. */
export function openOnce(title, ...content) {
  const dialog = newDialog(title, [], content, {
    cancel: event => event.preventDefault(),
    // without a click in between, a browser lets a second Escape close a dialog whatever `cancel` says
    keydown: event => event.key === 'Escape' && event.preventDefault(),
    close: () => removeEventListener('beforeunload', askToStay),
  });
  dialog.classList.add('once');
  dialog.setAttribute('closedby', 'none');
  addEventListener('beforeunload', askToStay);
  dialog.showModal();
  return dialog;
}

const askToStay = event => event.preventDefault();

function newDialog(title, corner, content, on) {
  const id = `dialog-${++serial}`;
  const dialog = el('dialog', { on },
    el('div', { className: 'sheet' }, el('header', {}, el('h2', { id, dir: 'auto' }, title), ...corner), ...content));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.setAttribute('aria-labelledby', id);
  document.body.append(dialog);
  return dialog;
}

/** Calls a listener on these events of the session while a dialog is open. */
export function whileOpen(dialog, session, types, listener) {
  types.forEach(type => session.addEventListener(type, listener));
  dialog.addEventListener('close', () => types.forEach(type => session.removeEventListener(type, listener)));
}

/** Asks before an action that cannot be undone. Resolves to whether the user confirmed it. */
export function askToConfirm(question, action) {
  return new Promise(resolve => {
    const choose = answer => () => {
      resolve(answer);
      dialog.close();
    };
    const dialog = openDialog(action, el('p', {}, question), el('div', { className: 'buttons' },
      el('button', { type: 'button', on: { click: choose(false) } }, text('cancel')),
      el('button', { type: 'button', className: 'danger', on: { click: choose(true) } }, action)));
    dialog.addEventListener('close', () => resolve(false));
  });
}
