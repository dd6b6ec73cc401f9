// The line at the top: the connection, a nudge, what became of a group.
import { openDialog } from './dialogs/dialog.js';
import { $, button, el, icon } from './dom.js';
import { goTo } from './router.js';
import { text } from './texts.js';

const BRIEFLY_MILLIS = 5_000;

export class StatusBar {
  #element = $('status');
  #timer;

  show(content, kind = '') {
    clearTimeout(this.#timer);
    this.#element.className = `status ${kind}`;
    this.#element.replaceChildren(content);
  }

  showBriefly(content, kind) {
    this.show(content, kind);
    this.#timer = setTimeout(() => this.clear(), BRIEFLY_MILLIS);
  }

  showDown(problem) {
    this.show(`${problem.message} ${text('status.down')}`, 'bad');
  }

  get showsDown() {
    return this.#element.classList.contains('bad');
  }

  /** Stays until the user opens the message or dismisses it. */
  showNudge({ group, id }, name) {
    const open = () => {
      this.clear();
      goTo(group, id);
    };
    this.show(el('span', { className: 'note' }, icon('bell'), el('span', {}, text('nudge.got', name)),
      el('button', { className: 'quiet', on: { click: open } }, text('nudge.show')),
      button('round', icon('close'), text('nudge.dismiss'), () => this.clear())), 'nudge-note');
  }

  /** A text that was not sent, and has no group any more in which it could stay. */
  showUnsent(name, unsent) {
    const field = el('textarea', { readOnly: true, rows: 6, value: unsent, ariaLabel: text('send.kept.show') });
    const open = () => {
      openDialog(text('send.kept.show'), field);
      field.select();
    };
    this.show(el('span', { className: 'note' }, el('span', {}, text('send.kept', name)),
      el('button', { className: 'quiet', on: { click: open } }, text('send.kept.show')),
      button('round', icon('close'), text('nudge.dismiss'), () => this.clear())), 'bad-news');
  }

  clear() {
    this.show('');
  }
}
