// The name of the open conversation, and the ways to the list and to the group's dialog.
import { avatar } from '../avatar.js';
import { button, el, icon, userText } from '../dom.js';
import { GroupDialog } from '../dialogs/group-dialog.js';
import { text } from '../texts.js';

export class ConversationHeader {
  #group;
  #face = el('span', { className: 'face' });
  #title = userText('h2', '');
  #members = el('p', { className: 'soft' });

  constructor(session, group) {
    this.#group = group;
    const back = el('a', { className: 'round back', href: '#', ariaLabel: text('conversation.back') }, icon('back'));
    const settings = button('round', icon('people'), text('group.settings'),
      () => new GroupDialog(session, group.id).open());
    this.element = el('header', { className: 'bar' }, back, this.#face,
      el('div', { className: 'titles' }, this.#title, this.#members), settings);
  }

  draw() {
    this.#face.replaceChildren(avatar(this.#group.id, this.#group.name, 'square'));
    this.#title.textContent = this.#group.name;
    this.#members.textContent = text('group.members', this.#group.members);
  }
}
