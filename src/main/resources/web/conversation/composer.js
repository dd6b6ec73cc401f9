// The field to write. The draft stays through failures, in other groups, and when the user signs in again in this tab.
import { el, icon } from '../dom.js';
import { text } from '../texts.js';
import { WaitingTexts } from './waiting-texts.js';

/** On the keyboard of a touch screen, Enter is the only way to a new line. */
const TOUCH = matchMedia('(pointer: coarse)');

export class Composer {
  #session;
  #group;
  #sent;
  #waiting;
  #closed = new AbortController();
  #input = el('textarea', { rows: 1, id: 'text', enterKeyHint: TOUCH.matches ? 'enter' : 'send', on: {
    input: () => this.#typed(),
    keydown: event => this.#keyPressed(event),
  } });
  #error = el('p', { className: 'error', role: 'alert', id: 'text-error' });

  /** Calls `sent` with each message that the server has accepted. */
  constructor(session, group, sent) {
    this.#session = session;
    this.#group = group;
    this.#sent = sent;
    this.#waiting = new WaitingTexts(session.outbox, group.id);
    const send = el('button', {
      className: 'primary send', ariaLabel: text('conversation.send'), title: text('conversation.send'),
    }, icon('send'));
    this.element = el('form', { className: 'composer', noValidate: true, on: { submit: event => this.#submit(event) } },
      this.#waiting.element, this.#error, el('div', { className: 'field' }, this.#input, send));
    this.#input.setAttribute('aria-describedby', 'text-error');
    this.#showDraft();
    this.#listen();
    this.rename();
  }

  #listen() {
    const on = (type, listener) => this.#session.outbox.addEventListener(type, ({ detail }) => listener(detail),
      { signal: this.#closed.signal });
    on('changed', group => group === this.#group.id && this.#waiting.changed());
    on('sent', message => message.group === this.#group.id && this.#sent(message));
    on('refused', ({ group }) => group === this.#group.id && this.#showDraft());
    // also when the width changes, and once the field is on the page
    const resized = new ResizeObserver(() => this.#fit());
    resized.observe(this.element);
    this.#closed.signal.addEventListener('abort', () => resized.disconnect());
  }

  close() {
    this.#closed.abort();
  }

  rename() {
    this.#input.placeholder = text('conversation.write', this.#group.name);
    this.#input.setAttribute('aria-label', this.#input.placeholder);
  }

  focus() {
    this.#input.focus();
  }

  get hasText() {
    return this.#input.value.trim() !== '';
  }

  /** Shows the text that is not sent, and why. The cursor stays where it is in what was written last. */
  #showDraft() {
    const { text: draft, why } = this.#session.drafts.of(this.#group.id);
    const { value, selectionStart, selectionEnd } = this.#input;
    this.#input.value = draft;
    if (draft.endsWith(value)) {
      const added = draft.length - value.length;
      this.#input.setSelectionRange(added + selectionStart, added + selectionEnd);
    }
    this.#showError(why);
    this.#fit();
  }

  #showError(why) {
    this.#error.textContent = why;
    this.#input.setAttribute('aria-invalid', String(why !== ''));
  }

  #typed() {
    this.#session.drafts.keep(this.#group.id, this.#input.value);
    this.#fit();
  }

  /** Makes the field as high as its text. Meanwhile the form keeps its height, so that the messages do not move. */
  #fit() {
    const { style } = this.#input;
    this.element.style.height = `${this.element.offsetHeight}px`;
    style.height = 'auto';
    style.height = `${this.#input.scrollHeight + this.#input.offsetHeight - this.#input.clientHeight}px`;
    this.element.style.height = '';
  }

  /** Enter sends at a desk, but not the Enter that completes a Chinese word. */
  #keyPressed(event) {
    const composes = event.isComposing || event.keyCode === 229;
    const sends = event.ctrlKey || event.metaKey || !TOUCH.matches && !event.shiftKey;
    if (event.key === 'Enter' && sends && !composes) {
      event.preventDefault();
      this.element.requestSubmit();
    }
  }

  /** The field is free for the next text at once. */
  #submit(event) {
    event.preventDefault();
    const written = this.#input.value;
    if (written.trim()) {
      this.#session.outbox.send(this.#group, written);
      this.#session.drafts.keep(this.#group.id, '');
      this.#showDraft();
    }
    this.focus();
  }
}
