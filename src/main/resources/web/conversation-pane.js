// Shows the conversation that the address names, or none.
import { Conversation } from './conversation/conversation.js';
import { $ } from './dom.js';
import { currentRoute } from './router.js';
import { text } from './texts.js';

export class ConversationPane {
  #session;
  #updates;
  #status;
  #changed;
  #open;
  #loaded;

  /** Calls `changed` when another conversation, or none, is open. */
  constructor(session, updates, status, changed) {
    this.#session = session;
    this.#updates = updates;
    this.#status = status;
    this.#changed = changed;
  }

  /** The open conversation, if one is. */
  get open() {
    return this.#open;
  }

  /** The open conversation, if it is this group's. */
  of(group) {
    return this.#open?.id === group ? this.#open : undefined;
  }

  async route() {
    const { group: id, message } = currentRoute();
    if (!id) {
      this.close();
      this.#changed();
      return;
    }
    if (!this.of(id)) {
      this.close();
      const group = this.#session.groups.get(id);
      if (!group) {
        this.#status.showBriefly(text('groups.gone'), 'bad-news');
        return;
      }
      this.#show(group);
    }
    await this.#loaded;
    if (message !== undefined) {
      await this.#open?.show(message);
    }
  }

  #show(group) {
    this.#open = new Conversation(this.#session, this.#updates, group);
    $('placeholder').hidden = true;
    $('conversation-pane').append(this.#open.element);
    document.body.classList.add('in-conversation');
    this.#changed();
    this.#loaded = this.#open.open();
    if (matchMedia('(pointer: fine)').matches) {
      this.#open.focus();
    }
  }

  close() {
    const hadFocus = this.#open?.element.contains(document.activeElement);
    const id = this.#open?.id;
    this.#open?.close();
    this.#open?.element.remove();
    this.#open = undefined;
    document.body.classList.remove('in-conversation');
    $('placeholder').hidden = false;
    if (hadFocus) {
      document.querySelector(`#groups [data-id="${CSS.escape(id)}"]`)?.focus();
    }
  }
}
