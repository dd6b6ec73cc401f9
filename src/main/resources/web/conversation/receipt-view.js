// How many have read a message, and on demand who has read it and when, and who has not.
import { path } from '../api.js';
import { el, icon } from '../dom.js';
import { ReceiptPanel } from './receipt-panel.js';
import { showsReceipts } from '../group.js';
import { text } from '../texts.js';

/** With more recipients than this, a bar replaces the dots. */
const MAX_DOTS = 12;

export class ReceiptView {
  #session;
  #message;
  #counts;
  #archived = false;
  #button = el('button', {
    className: 'receipt', type: 'button', ariaExpanded: 'false', on: { click: () => this.#toggle() },
  });
  #nudge = el('button', {
    className: 'nudge', type: 'button', title: text('nudge.title'), on: { click: () => this.#sendNudge() },
  }, icon('bell'), text('nudge'));
  #error = el('p', { className: 'error', role: 'alert' });
  /** Made when it is opened first. */
  #panel;
  element = el('div', { className: 'receipts', hidden: true });

  constructor(session, message) {
    this.#session = session;
    this.#message = message;
    this.element.append(el('div', { className: 'line' }, this.#button, this.#nudge), this.#error);
    this.show(message);
  }

  /** Shows the counts of a message, where it has counts. An archived receipt stays archived when counts come alone. */
  show({ recipients, hidden, read, unread, archived = false }) {
    if (recipients === undefined && !archived) {
      return;
    }
    this.#counts = recipients === undefined ? undefined : { recipients, hidden, read, unread };
    this.#archived ||= archived;
    this.draw();
    if (this.#counts) {
      this.#panel?.compare(this.#counts);
    }
  }

  /** Whether somebody still owes a receipt, as far as the user sees that. */
  get isWaiting() {
    return !this.element.hidden && !this.#archived && this.#counts?.unread > 0;
  }

  /** Takes what the lists of readers know. */
  #know({ recipients, hidden = this.#counts?.hidden, read, unread, archived = false }) {
    this.#counts = { recipients, hidden, read, unread };
    this.#archived ||= archived;
    this.draw();
  }

  /** A member has read the message. */
  read(reader, at) {
    this.#panel?.read(reader, at);
  }

  reload() {
    this.#panel?.reload();
  }

  rename() {
    this.#panel?.rename();
  }

  /** Shows the receipt as it is now, where the user may see it. */
  draw() {
    const { recipients, read, unread } = this.#counts ?? {};
    const all = unread === 0 && recipients > 0;
    const some = read ? 'check' : 'clock';
    const mark = icon(all ? 'checks' : some);
    this.element.hidden = !this.#counts && !this.#archived || !this.#maySee();
    this.#button.classList.toggle('all', all);
    this.#button.replaceChildren(...this.#dots(), mark, receiptText(this.#counts, this.#archived));
    // a button with the focus must not be disabled
    this.#button.setAttribute('aria-disabled', String(recipients === 0));
    this.#nudge.hidden = !unread || this.#archived || !this.#mayNudge();
  }

  /** Under `off` a sender still sees the receipts of before. */
  #maySee() {
    const { me, groups } = this.#session;
    return this.#message.sender === me.id || showsReceipts(groups.get(this.#message.group) ?? {}, this.#message, me.id);
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
    this.#panel ??= this.#newPanel();
    if (this.#counts?.recipients !== 0 || this.#panel.isOpen) {
      this.#panel.toggle();
      this.#button.setAttribute('aria-expanded', String(this.#panel.isOpen));
    }
  }

  #newPanel() {
    const load = () => this.#session.api.get(this.#path('receipts'));
    const panel = new ReceiptPanel(this.#session, load, known => this.#know(known));
    panel.element.id = `panel-${this.#message.id}`;
    this.#button.setAttribute('aria-controls', panel.element.id);
    this.element.append(panel.element);
    return panel;
  }

  async #sendNudge() {
    if (this.#nudge.getAttribute('aria-disabled') === 'true') {
      return;
    }
    this.#error.textContent = '';
    this.#nudge.setAttribute('aria-disabled', 'true');
    try {
      await this.#session.api.post(this.#path('nudge'));
      this.#nudge.replaceChildren(icon('check'), text('nudge.done'));
    } catch (problem) {
      this.#error.textContent = problem.message;
      this.#nudge.setAttribute('aria-disabled', 'false');
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
