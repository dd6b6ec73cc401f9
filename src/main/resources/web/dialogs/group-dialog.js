// A group's members, and for its owner and for admins all that can be changed about the group.
import { path } from '../api.js';
import { askToConfirm, openDialog, whileOpen } from './dialog.js';
import { button, el } from '../dom.js';
import { form, textField } from './form.js';
import { MemberRows } from './member-rows.js';
import { policySelect } from './policy-select.js';
import { text } from '../texts.js';
import { userPicker } from './user-picker.js';

export class GroupDialog {
  #session;
  #id;
  #group;
  #dialog;
  #drawn;
  #changes = 0;
  /** For those who manage the group: its settings, and a form to add members. */
  #settings = el('div', { className: 'slot' });
  #newMembers = el('div', { className: 'slot' });
  #picker;
  #count = el('h3');
  #error = el('p', { className: 'error', role: 'alert' });
  #members;
  #endings = el('div', { className: 'buttons endings' });

  constructor(session, id) {
    this.#session = session;
    this.#id = id;
    this.#group = { ...this.#known };
    this.#members = new MemberRows({
      makeOwner: (owner, name) => this.#changeIfConfirmed(text('group.sure.owner', name),
        text('group.make.owner', name), () => session.api.patch(path`/groups/${id}`, { owner })),
      remove: (member, name) => this.#changeIfConfirmed(text('group.sure.remove', name),
        text('group.remove', name), () => session.api.delete(path`/groups/${id}/members/${member}`)),
    });
  }

  async open() {
    this.#dialog = openDialog(this.#group.name, el('p', { className: 'soft id' }, this.#id), this.#settings,
      this.#count, this.#error, this.#members.element, this.#newMembers, this.#endings);
    // after all changes of one answer
    whileOpen(this.#dialog, this.#session, ['groups'], () => queueMicrotask(() => this.#follow()));
    whileOpen(this.#dialog, this.#session, ['names'], () => this.#redraw());
    await this.#change(() => {});
  }

  get #known() {
    return this.#session.groups.get(this.#id) ?? this.#session.outside.get(this.#id);
  }

  get #manages() {
    return this.#session.me.admin || this.#group.owner === this.#session.me.id;
  }

  /** Shows what others have changed about the group. */
  #follow() {
    if (!this.#known) {
      this.#dialog.close();
    } else if (this.#drawn !== shape(this.#known)) {
      this.#redraw();
    }
  }

  /** Changes that are under way end with a drawing anyway. */
  #redraw() {
    if (this.#changes === 0) {
      this.#change(() => false);
    }
  }

  /** Does the work, then shows how the group is now, or why the work failed. Work without effect returns false. */
  async #change(work) {
    this.#error.textContent = '';
    this.#changes++;
    try {
      if (await work() !== false) {
        await this.#session.refresh();
      }
      if (this.#dialog.open && this.#known) {
        await this.#draw();
      }
    } catch (problem) {
      this.#error.textContent = problem.message;
    } finally {
      this.#changes--;
    }
  }

  #changeIfConfirmed(question, action, work) {
    return this.#change(async () => await askToConfirm(question, action) && await work());
  }

  async #draw() {
    Object.assign(this.#group, this.#known);
    this.#drawn = shape(this.#group);
    this.#dialog.querySelector('h2').textContent = this.#group.name;
    const { members } = await this.#session.api.get(path`/groups/${this.#id}/members`);
    this.#count.textContent = text('group.members', members.length);
    this.#members.show(members, this.#manages);
    this.#drawForms(members);
    this.#drawEndings();
  }

  #drawForms(members) {
    if (!this.#manages) {
      this.#settings.replaceChildren();
      this.#newMembers.replaceChildren();
      return;
    }
    if (this.#settings.childElementCount === 0) {
      this.#settings.append(this.#settingsForm());
      this.#newMembers.append(this.#newMembersForm());
    }
    const inside = new Set(members.map(({ id }) => id));
    this.#settings.firstChild.follow(this.#group);
    this.#picker.people = this.#session.people.filter(({ id }) => !inside.has(id));
    this.#newMembers.hidden = this.#session.people.length === inside.size;
  }

  #settingsForm() {
    return form([
      { name: 'name', label: text('group.name'), input: textField(this.#group.name) },
      { name: 'receipts', label: text('receipts.policy'), input: policySelect(this.#group.receipts) },
    ], text('save'), async values => {
      await this.#session.api.patch(path`/groups/${this.#id}`, values);
      await this.#session.refresh();
      this.#dialog.close();
    });
  }

  #newMembersForm() {
    this.#picker = userPicker([]);
    return form([{ name: 'ids', label: text('group.add'), input: this.#picker }], text('group.add'),
      async values => {
        await this.#session.api.post(path`/groups/${this.#id}/members`, values);
        await this.#change(() => {});
      });
  }

  #drawEndings() {
    const mayLeave = this.#session.groups.has(this.#id) && this.#group.owner !== this.#session.me.id;
    const ending = (action, question, target) => button('danger-quiet', action, action,
      () => this.#end(text(question, this.#group.name), action, target));
    const membership = path`/groups/${this.#id}/members/${this.#session.me.id}`;
    this.#endings.replaceChildren(
      ...(mayLeave ? [ending(text('group.leave'), 'group.sure.leave', membership)] : []),
      ...(this.#manages ? [ending(text('group.delete'), 'group.sure.delete', path`/groups/${this.#id}`)] : []));
  }

  /** Deletes the membership or the group: either way the dialog has nothing more to show. */
  #end(question, action, target) {
    return this.#changeIfConfirmed(question, action, async () => {
      await this.#session.api.delete(target);
      this.#dialog.close();
    });
  }
}

/** What the dialog shows of a group besides its members' names. */
const shape = ({ name, owner, receipts, members }) => JSON.stringify([name, owner, receipts, members]);
