// The members of a group, one a row.
import { avatar } from '../avatar.js';
import { button, el, icon } from '../dom.js';
import { personName, personText } from '../person.js';
import { RowList } from '../row-list.js';
import { text } from '../texts.js';

export class MemberRows {
  element = el('ul', { className: 'people rows' });
  #makeOwner;
  #remove;
  #rows = new RowList(this.element, member => this.#row(member));

  /** `makeOwner` and `remove` take the id of a member and how a sentence names it. */
  constructor({ makeOwner, remove }) {
    this.#makeOwner = makeOwner;
    this.#remove = remove;
  }

  show(members, manages) {
    this.#rows.show(members.map(({ id, name, role, online }) => ({ id, name, role, online, manages })));
  }

  #row({ id, name, role, online, manages }) {
    const owner = role === 'owner';
    return el('li', {}, avatar(id, name, 'small'), personName({ id, name }),
      online ? el('span', { className: 'online' }, text('group.online')) : null,
      owner ? el('span', { className: 'tag' }, text('group.owner')) : null,
      manages && !owner ? this.#actions(id, personText({ id, name })) : null);
  }

  #actions(id, name) {
    return el('span', { className: 'actions' },
      button('quiet', text('group.crown'), text('group.make.owner', name), () => this.#makeOwner(id, name)),
      button('round', icon('close'), text('group.remove', name), () => this.#remove(id, name)));
  }
}
