// How many have read a message, and on demand who has read it and when, and who has not.
import { path } from '../api.js';
import { el, icon } from '../dom.js';
import { receiptLists } from './receipt-lists.js';
import { text } from '../texts.js';

/** With more recipients than this, a bar replaces the dots. */
const MAX_DOTS = 12;

export class ReceiptView {
  #session;
  #message;
  #counts;
  #archived;
  #button = el('button', {
    className: 'receipt', type: 'button', ariaExpanded: 'false', on: { click: () => this.#toggle() },
  });
  #nudge = el('button', {
    className: 'nudge', type: 'button', title: text('nudge.title'), on: { click: () => this.#sendNudge() },
  }, icon('bell'), text('nudge'));
  #error = el('p', { className: 'error', role: 'alert' });
  #panel = el('div', { className: 'panel', hidden: true });
  element = el('div', { className: 'receipts', hidden: true },
    el('div', { className: 'line' }, this.#button, this.#nudge), this.#error, this.#panel);

  constructor(session, message) {
    this.#session = session;
    this.#message = message;
    this.#panel.id = `panel-${message.id}`;
    this.#button.setAttribute('aria-controls', this.#panel.id);
    this.show(message);
  }

  /** Shows the counts of a message, where it has counts. An archived receipt stays archived when counts come alone. */
  show({ recipients, hidden, read, unread, archived = false }) {
    if (recipients === undefined && !archived) {
      return;
    }
    this.#counts = recipients === undefined ? undefined : { recipients, hidden, read, unread };
    this.#archived ||= archived;
    this.#draw();
    this.#refreshPanel();
  }

  #draw() {
    const { recipients, read, unread } = this.#counts ?? {};
    const all = unread === 0 && recipients > 0;
    const some = read ? 'check' : 'clock';
    const mark = icon(all ? 'checks' : some);
    this.element.hidden = false;
    this.#button.classList.toggle('all', all);
    this.#button.replaceChildren(...this.#dots(), mark, receiptText(this.#counts, this.#archived));
    this.#button.disabled = recipients === 0;
    this.#nudge.hidden = !unread || this.#archived || !this.#mayNudge();
  }

  #mayNudge() {
    const me = this.#session.me.id;
    return this.#message.sender === me || this.#session.groups.get(this.#message.group)?.owner === me;
  }

  /** One for each recipient, or a bar where there are many. The text says the same. */
  #dots() {
    if (!this.#counts?.recipients) {
      return [];
    }
    const { recipients, read } = this.#counts;
    if (recipients > MAX_DOTS) {
      const bar = el('span', { className: 'meter', ariaHidden: 'true' });
      bar.style.setProperty('--read', read / recipients);
      return [bar];
    }
    const dots = Array.from({ length: recipients }, (_, i) => el('i', { className: i < read ? 'on' : '' }));
    return [el('span', { className: 'dots', ariaHidden: 'true' }, dots)];
  }

  #toggle() {
    this.#panel.hidden = !this.#panel.hidden;
    this.#button.ariaExpanded = String(!this.#panel.hidden);
    if (!this.#panel.hidden && this.#panel.childElementCount === 0) {
      this.#panel.append(el('p', { className: 'soft' }, text('receipts.loading')));
    }
    this.#refreshPanel();
  }

  async #refreshPanel() {
    if (this.#panel.hidden) {
      return;
    }
    try {
      const receipt = await this.#session.api.get(this.#path('receipts'));
      this.#counts = receipt;
      this.#archived = receipt.archived;
      this.#draw();
      this.#panel.replaceChildren(...receiptLists(this.#session, receipt));
    } catch (problem) {
      this.#panel.replaceChildren(el('p', { className: 'error', role: 'alert' }, problem.message));
    }
  }

  async #sendNudge() {
    this.#error.textContent = '';
    this.#nudge.disabled = true;
    try {
      await this.#session.api.post(this.#path('nudge'));
      this.#nudge.replaceChildren(icon('check'), text('nudge.done'));
    } catch (problem) {
      this.#error.textContent = problem.message;
      this.#nudge.disabled = false;
    }
  }

  #path(what) {
    return path`/groups/${this.#message.group}/messages/${this.#message.id}/` + what;
  }
}

/** The counts in words. `counts` is undefined while they are in the archive and nobody asked for them. */
export function receiptText(counts, archived) {
  if (!counts) {
    return text('receipts.archived');
  }
  const { recipients, hidden, read } = counts;
  if (recipients === 0) {
    return hidden ? text('receipts.hidden', hidden) : text('receipts.nobody');
  }
  if (read === recipients) {
    return hidden ? text('receipts.all.senders', recipients) : text('receipts.all', recipients);
  }
  if (archived) {
    return text('receipts.final', read, recipients);
  }
  return read === 0 ? text('receipts.none', recipients) : text('receipts.some', read, recipients);
}
