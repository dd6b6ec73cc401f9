// A group's members, and for its owner and for admins all that can be changed about the group.
import { path } from '../api.js';
import { avatar } from '../avatar.js';
import { askToConfirm, openDialog } from './dialog.js';
import { button, el, icon, userText } from '../dom.js';
import { form, textField } from './form.js';
import { policySelect } from './policy-select.js';
import { text } from '../texts.js';
import { userPicker } from './user-picker.js';

export class GroupDialog {
  #session;
  #id;
  #group;
  #manages;
  #dialog;
  #content = el('div', {});
  #error = el('p', { className: 'error', role: 'alert' });

  constructor(session, id) {
    this.#session = session;
    this.#id = id;
    this.#group = { ...this.#known };
    this.#manages = session.me.admin || this.#group.owner === session.me.id;
  }

  async open() {
    this.#dialog = openDialog(this.#group.name, this.#content);
    await this.#change(() => {});
  }

  get #known() {
    return this.#session.groups.get(this.#id) ?? this.#session.outside.get(this.#id);
  }

  /** Does the work, then shows how the group is now, or why the work failed. */
  async #change(work) {
    this.#error.textContent = '';
    try {
      await work();
      await this.#session.refresh();
      Object.assign(this.#group, this.#known);
      if (this.#dialog.open) {
        await this.#draw();
      }
    } catch (problem) {
      this.#error.textContent = problem.message;
      if (!this.#content.contains(this.#error)) {
        this.#content.append(this.#error);
      }
    }
  }

  #changeIfConfirmed(question, action, work) {
    return this.#change(async () => await askToConfirm(question, action) && await work());
  }

  async #draw() {
    const { members } = await this.#session.api.get(path`/groups/${this.#id}/members`);
    this.#content.replaceChildren(...[
      this.#manages ? this.#settings() : null,
      el('h3', {}, text('group.members', members.length)),
      this.#error,
      el('ul', { className: 'people rows' }, members.map(member => this.#member(member))),
      this.#manages ? this.#newMembers(members) : null,
      this.#endings(),
    ].filter(part => part));
  }

  #settings() {
    return form([
      { name: 'name', label: text('group.name'), input: textField(this.#group.name) },
      { name: 'receipts', label: text('receipts.policy'), input: policySelect(this.#group.receipts) },
    ], text('save'), async values => {
      await this.#session.api.patch(path`/groups/${this.#id}`, values);
      await this.#session.refresh();
      this.#dialog.close();
    });
  }

  #member({ id, name, role, online }) {
    const owner = role === 'owner';
    return el('li', {}, avatar(id, name, 'small'), userText('span', name, 'name'),
      online ? el('span', { className: 'online' }, text('group.online')) : null,
      owner ? el('span', { className: 'tag' }, text('group.owner')) : null,
      this.#manages && !owner ? el('span', { className: 'actions' },
        button('quiet', text('group.crown'), text('group.make.owner', name), () => this.#makeOwner(id, name)),
        button('round', icon('close'), text('group.remove', name), () => this.#remove(id, name))) : null);
  }

  #makeOwner(owner, name) {
    return this.#changeIfConfirmed(text('group.sure.owner', name), text('group.make.owner', name),
      () => this.#session.api.patch(path`/groups/${this.#id}`, { owner }));
  }

  #remove(id, name) {
    return this.#changeIfConfirmed(text('group.sure.remove', name), text('group.remove', name),
      () => this.#session.api.delete(path`/groups/${this.#id}/members/${id}`));
  }

  #newMembers(members) {
    const inside = new Set(members.map(({ id }) => id));
    const others = this.#session.people.filter(({ id }) => !inside.has(id));
    return others.length === 0 ? null : form([
      { name: 'ids', label: text('group.add'), input: userPicker(others) },
    ], text('group.add'), async values => {
      await this.#session.api.post(path`/groups/${this.#id}/members`, values);
      await this.#change(() => {});
    });
  }

  #endings() {
    const mayLeave = this.#session.groups.has(this.#id) && this.#group.owner !== this.#session.me.id;
    return el('div', { className: 'buttons endings' },
      mayLeave ? button('danger-quiet', text('group.leave'), text('group.leave'), () => this.#leave()) : null,
      this.#manages ? button('danger-quiet', text('group.delete'), text('group.delete'), () => this.#delete()) : null);
  }

  #leave() {
    return this.#end(text('group.sure.leave', this.#group.name), text('group.leave'),
      path`/groups/${this.#id}/members/${this.#session.me.id}`);
  }

  #delete() {
    return this.#end(text('group.sure.delete', this.#group.name), text('group.delete'), path`/groups/${this.#id}`);
  }

  /** Deletes the membership or the group: either way the dialog has nothing more to show. */
  #end(question, action, target) {
    return this.#changeIfConfirmed(question, action, async () => {
      await this.#session.api.delete(target);
      this.#dialog.close();
    });
  }
}
