// Shows a token, which the server tells only once.
import { openDialog } from './dialog.js';
import { el, icon } from '../dom.js';
import { text } from '../texts.js';

export function showToken(name, token) {
  const field = el('input', {
    type: 'text', readOnly: true, value: token, className: 'token', ariaLabel: text('token.of', name),
    on: { focus: () => field.select() },
  });
  const copy = el('button', { type: 'button', className: 'primary', on: { click: async () => {
    await copyFrom(field);
    copy.replaceChildren(icon('check'), text('token.copied'));
  } } }, text('token.copy'));
  openDialog(text('token.of', name), el('p', { className: 'soft' }, text('token.once')),
    el('div', { className: 'side-by-side' }, field, copy));
  copy.focus();
}

async function copyFrom(field) {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // a page that came without TLS has only this
    field.select();
    document.execCommand('copy');
  }
}
