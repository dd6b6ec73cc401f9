// Shows a token, which the server tells only once. Only a button closes the dialog.
import { openOnce } from './dialog.js';
import { el, icon } from '../dom.js';
import { text } from '../texts.js';

/** `name` is how a sentence names the user. */
export function showToken(name, token) {
  const field = el('input', {
    type: 'text', readOnly: true, value: token, className: 'token', ariaLabel: text('token.of', name),
    on: { focus: () => field.select() },
  });
  const told = el('p', { className: 'hint', role: 'status' });
  const copy = el('button', { type: 'button', className: 'primary', on: { click: async () => {
    const copied = await copyFrom(field);
    copy.replaceChildren(...(copied ? [icon('check'), text('token.copied')] : [text('token.copy')]));
    told.textContent = text(copied ? 'token.copied.note' : 'token.select');
  } } }, text('token.copy'));
  const saved = el('button', { type: 'button', on: { click: () => dialog.close() } }, text('token.saved'));
  const dialog = openOnce(text('token.of', name), el('p', { className: 'soft' }, text('token.once')),
    el('div', { className: 'side-by-side' }, field, copy), told, el('div', { className: 'buttons' }, saved));
  copy.focus();
}

/** Resolves to whether the token is on the clipboard. */
async function copyFrom(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // a page that came without TLS has only this
    field.select();
    return document.execCommand('copy');
  }
}
