// Under a message: how many have read it, and, when opened, who and when, and who has not.
import { path } from './api.js';
import { avatar, el, foreign, icon } from './dom.js';
import { text, when } from './texts.js';

/** Up to so many recipients each have a dot of their own. */
const MOST_DOTS = 12;

export class Receipts {
  #session;
  #message;
  #counts;
  #archived;
  #button = el('button', { className: 'receipt', type: 'button', ariaExpanded: 'false', on: { click: () => this.#toggle() } });
  #nudge = el('button', {
    className: 'nudge', type: 'button', title: text('nudge.title'), on: { click: () => this.#sendNudge() },
  }, icon('bell'), text('nudge'));
  #error = el('p', { className: 'error', role: 'alert' });
  #panel = el('div', { className: 'panel', hidden: true });
  element = el('div', { className: 'receipts', hidden: true }, el('div', { className: 'line' }, this.#button, this.#nudge),
    this.#error, this.#panel);

  constructor(session, message) {
    this.#session = session;
    this.#message = message;
    this.#panel.id = `panel-${message.id}`;
    this.#button.setAttribute('aria-controls', this.#panel.id);
    this.show(message);
  }

  /** Takes the counts of a message, where it has some. What is archived stays so, also where counts alone come. */
  show({ recipients, read, unread, archived = false }) {
    if (recipients !== undefined || archived) {
      this.#counts = recipients === undefined ? undefined : { recipients, read, unread };
      this.#archived ||= archived;
      this.#draw();
      this.#refreshPanel();
    }
  }

  #draw() {
    this.element.hidden = false;
    const all = this.#counts?.unread === 0 && this.#counts.recipients > 0;
    this.#button.classList.toggle('all', all);
    this.#button.replaceChildren(...this.#dots(), icon(all ? 'checks' : this.#counts?.read ? 'check' : 'clock'), this.#words());
    this.#button.disabled = this.#counts?.recipients === 0;
    this.#nudge.hidden = !this.#counts?.unread || this.#archived || !this.#mayNudge();
  }

  #mayNudge() {
    const me = this.#session.me.id;
    return this.#message.sender === me || this.#session.groups.get(this.#message.group)?.owner === me;
  }

  #words() {
    if (!this.#counts) {
      return text('receipts.archived');
    }
    const { recipients, read } = this.#counts;
    if (recipients === 0) {
      return text('receipts.nobody');
    }
    return read === recipients ? text('receipts.all', recipients)
      : this.#archived ? text('receipts.final', read, recipients)
      : read === 0 ? text('receipts.none', recipients) : text('receipts.some', read, recipients);
  }

  /** One for each recipient, or a bar where they are many; the words say the same. */
  #dots() {
    if (!this.#counts?.recipients) {
      return [];
    }
    const { recipients, read } = this.#counts;
    if (recipients > MOST_DOTS) {
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
      this.#panel.replaceChildren(...this.#lists(receipt));
    } catch (problem) {
      this.#panel.replaceChildren(el('p', { className: 'error', role: 'alert' }, problem.message));
    }
  }

  #lists({ readers, unread_members: waiting, archived }) {
    const latestFirst = readers.toSorted((a, b) => a.read_at < b.read_at ? 1 : -1);
    return [
      this.#list('readers', readers.length, latestFirst.map(reader => this.#person(reader.id, reader.read_at))),
      this.#list(archived ? 'never' : 'waiting', waiting.length, waiting.map(id => this.#person(id))),
      archived ? el('p', { className: 'soft note' }, text('receipts.archived.note')) : null,
    ].filter(part => part);
  }

  #list(kind, count, people) {
    return el('section', { className: kind }, el('h4', {}, text(`receipts.${kind}`, count)), el('ul', {}, people));
  }

  #person(id, readAt) {
    const name = this.#session.name(id);
    return el('li', {}, avatar(id, name, 'small'), foreign('span', name, 'name'),
      readAt ? el('time', { dateTime: readAt }, when(readAt)) : null);
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
