// The field to write. The draft stays until the server has the message, through failures, in other groups, and when the
// user signs in again in this tab.
import { path } from '../api.js';
import { el, icon } from '../dom.js';
import { text } from '../texts.js';

export class Composer {
  #session;
  #group;
  #sent;
  #key;
  #draft;
  #input = el('textarea', { rows: 1, id: 'text', enterKeyHint: 'send', on: {
    input: () => this.#typed(),
    keydown: event => this.#keyPressed(event),
  } });
  #button = el('button', {
    className: 'primary send', ariaLabel: text('conversation.send'), title: text('conversation.send'),
  }, icon('send'));
  #error = el('p', { className: 'error', role: 'alert', id: 'text-error' });
  element = el('form', { className: 'composer', noValidate: true, on: { submit: event => this.#submit(event) } },
    this.#error, el('div', { className: 'field' }, this.#input, this.#button));

  /** Calls `sent` with each message that the server has accepted. */
  constructor(session, group, sent) {
    this.#session = session;
    this.#group = group;
    this.#sent = sent;
    this.#key = `draft ${session.me.id} ${group.id}`;
    this.#draft = JSON.parse(sessionStorage.getItem(this.#key)) ?? { text: '' };
    this.#input.value = this.#draft.text;
    this.#input.setAttribute('aria-describedby', 'text-error');
    this.rename();
  }

  rename() {
    this.#input.placeholder = text('conversation.write', this.#group.name);
    this.#input.ariaLabel = this.#input.placeholder;
  }

  focus() {
    this.#input.focus();
  }

  /** A draft with another text is another message. */
  #typed() {
    this.#keep({ text: this.#input.value });
  }

  #keep(draft) {
    this.#draft = draft;
    if (draft.text) {
      sessionStorage.setItem(this.#key, JSON.stringify(draft));
    } else {
      sessionStorage.removeItem(this.#key);
    }
  }

  /** Enter sends, but not the Enter that completes a Chinese word. */
  #keyPressed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      this.element.requestSubmit();
    }
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#button.disabled || !this.#draft.text.trim()) {
      return;
    }
    this.#busy(true);
    try {
      const message = await this.#send();
      this.#input.value = '';
      this.#keep({ text: '' });
      this.#sent(message);
    } catch (problem) {
      this.#fail(problem);
    } finally {
      this.#busy(false);
      this.#input.focus();
    }
  }

  /** Each try has the same client_id, so that a message that did arrive is not sent twice. */
  #send() {
    this.#keep({ client_id: newId(), ...this.#draft });
    return this.#session.api.post(path`/groups/${this.#group.id}/messages`, this.#draft);
  }

  #fail(problem) {
    if (problem.code === 'conflict') {
      this.#keep({ text: this.#draft.text });
    }
    this.#error.textContent = problem.message;
    this.#input.ariaInvalid = 'true';
  }

  #busy(busy) {
    this.#input.readOnly = busy;
    this.#button.disabled = busy;
    this.element.ariaBusy = String(busy);
    if (busy) {
      this.#error.textContent = '';
      this.#input.ariaInvalid = 'false';
    }
  }
}

/** Not crypto.randomUUID, which a page that came without TLS does not have. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
