// Who has read a message and when, and who has not. It opens in sight, and names move while reads come.
import { avatar } from '../avatar.js';
import { when } from '../dates.js';
import { el } from '../dom.js';
import { personName } from '../person.js';
import { ReceiptPeople } from './receipt-people.js';
import { text } from '../texts.js';
import { throttle } from '../throttle.js';
import { WindowList } from '../window-list.js';

/** Reads explain most counts that differ from the lists, and may be on their way for this long. */
const CHECK_MILLIS = 3_000;

export class ReceiptPanel {
  #session;
  #load;
  #changed;
  #people;
  #counts;
  /** The counts that the reads to come must explain. */
  #expected;
  #archived = false;
  #loads = 0;
  #times = new Map();
  #frame = 0;
  #readers = this.#section('readers');
  #waiting = this.#section('waiting');
  #notes = el('div', { className: 'soft notes' });
  #error = el('p', { className: 'error', role: 'alert' });
  #checkSoon = throttle(CHECK_MILLIS, () => this.#check());
  element = el('div', { className: 'panel', hidden: true });

  /** `load` asks for a receipt with its lists, and `changed` takes what is known of the receipt since then. */
  constructor(session, load, changed) {
    this.#session = session;
    this.#load = load;
    this.#changed = changed;
  }

  get isOpen() {
    return !this.element.hidden;
  }

  async toggle() {
    this.element.hidden = this.isOpen;
    if (this.isOpen) {
      if (!this.#people) {
        this.element.replaceChildren(el('p', { className: 'soft' }, text('receipts.loading')));
      }
      this.#show();
      await this.reload();
      this.#show();
    }
  }

  /** Scrolls no further than to have the panel in sight. */
  #show() {
    this.element.scrollIntoView({ block: 'nearest' });
  }

  async reload() {
    if (!this.isOpen) {
      return;
    }
    this.#loads++;
    try {
      this.#take(await this.#load());
    } catch (problem) {
      this.#error.textContent = problem.message;
      this.element.append(this.#error);
    } finally {
      this.#loads--;
      this.#drawReads();
    }
  }

  #take(receipt) {
    const isFirst = !this.#people;
    this.#people = new ReceiptPeople(receipt);
    this.#archived = receipt.archived;
    this.#notes.replaceChildren(...notes(receipt));
    if (isFirst) {
      this.element.replaceChildren(this.#readers.element, this.#waiting.element, this.#notes, this.#error);
    }
    this.#error.textContent = '';
    this.#changed(receipt);
    this.#draw();
  }

  /** A member has read the message. Many reads are drawn at once. */
  read(reader, at) {
    if (!this.isOpen || this.#archived) {
      return;
    }
    this.#times.set(reader, at);
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => this.#drawReads());
    }
  }

  /** An answer that is on its way may be from before the reads. */
  #drawReads() {
    this.#frame = 0;
    if (this.#loads === 0 && this.#people?.read(this.#times)) {
      this.#changed(this.#people.counts);
      this.#draw();
    }
    if (this.#loads === 0) {
      this.#times.clear();
    }
  }

  /** Takes the counts of the message. Where reads do not explain them soon, the lists are loaded again. */
  compare(counts) {
    this.#counts = counts;
    const own = this.#people?.counts;
    if (this.isOpen && own && (own.recipients !== counts.recipients || own.read !== counts.read)) {
      this.#expected ??= { read: counts.read, isLess: counts.read < own.read };
      this.#checkSoon();
    }
  }

  #check() {
    const own = this.#people.counts;
    const { read, isLess } = this.#expected;
    this.#expected = undefined;
    if (own.recipients !== this.#counts.recipients || own.read < read || isLess) {
      this.reload();
    }
  }

  /** Shows the names that users have now. */
  rename() {
    if (this.isOpen && this.#people) {
      this.#draw();
    }
  }

  #draw() {
    const { readers, waiting } = this.#people;
    this.#readers.show(text('receipts.readers', readers.length), readers);
    this.#waiting.show(text(this.#archived ? 'receipts.never' : 'receipts.waiting', waiting.length), waiting);
    this.#waiting.element.className = this.#archived ? 'never' : 'waiting';
    this.element.style.setProperty('--people', readers.length + waiting.length);
  }

  #section(className) {
    const title = el('h4');
    const list = new WindowList(({ id, at }) => ({ ...this.#session.person(id), at }), row);
    const element = el('section', { className }, title, list.element);
    const show = (words, people) => {
      title.textContent = words;
      list.element.setAttribute('aria-label', words);
      list.show(people);
    };
    return { element, show };
  }
}

const notes = ({ hidden, archived }) => [
  ...(hidden ? [el('p', { className: 'note' }, text('receipts.hidden', hidden))] : []),
  ...(archived ? [el('p', { className: 'note' }, text('receipts.archived.note'))] : []),
];

const row = ({ id, name, at }) => el('li', {}, avatar(id, name, 'small'), personName({ id, name }),
  at ? el('time', { dateTime: at }, when(at)) : null);
