// For admins: all users, new users, and their tokens.
import { path } from '../api.js';
import { avatar } from '../avatar.js';
import { askToConfirm, openDialog, whileOpen } from './dialog.js';
import { button, el } from '../dom.js';
import { checkbox, form, textField } from './form.js';
import { personName, personText } from '../person.js';
import { RowList } from '../row-list.js';
import { text } from '../texts.js';
import { showToken } from './token-dialog.js';

export class PeopleDialog {
  #session;
  #new = el('div', {});
  #error = el('p', { className: 'error', role: 'alert' });
  #list = el('ul', { className: 'people rows' });
  #rows = new RowList(this.#list, user => this.#person(user));
  #telling = false;

  constructor(session) {
    this.#session = session;
  }

  open() {
    this.#new.append(this.#newPerson());
    const dialog = openDialog(text('people.title'), el('h3', {}, text('people.new')), this.#new,
      el('h3', {}, text('people.title')), this.#error, this.#list);
    whileOpen(dialog, this.#session, ['names'], () => this.#telling || this.#load().catch(() => {}));
    this.#change(() => {});
  }

  /** Does the work, then shows all users as they are now, or why the work failed. */
  async #change(work) {
    this.#error.textContent = '';
    try {
      await work();
      await this.#load();
    } catch (problem) {
      this.#error.textContent = problem.message;
    }
  }

  async #load() {
    const { users } = await this.#session.api.get('/users');
    this.#rows.show(users);
    this.#telling = true;
    this.#session.takeUsers(users);
    this.#telling = false;
  }

  #newPerson() {
    return form([
      { name: 'id', label: text('people.id'), input: textField('', { required: true }), hint: text('id.hint') },
      { name: 'name', label: text('people.name'), input: textField() },
      { name: 'admin', label: text('people.admin'), input: checkbox(false) },
    ], text('people.create'), values => this.#create(values));
  }

  async #create(values) {
    const user = await this.#session.api.post('/users', values);
    this.#new.replaceChildren(this.#newPerson());
    showToken(personText(user), user.token);
    await this.#change(() => {});
  }

  #person(user) {
    const { id, name, admin } = user;
    return el('li', {}, avatar(id, name, 'small'), personName(user),
      admin ? el('span', { className: 'tag' }, text('people.is.admin')) : null,
      el('span', { className: 'actions' },
        action(text('people.token'), user, () => this.#renewToken(user)),
        id === this.#session.me.id ? null : action(text('people.delete'), user, () => this.#delete(user))));
  }

  #renewToken(user) {
    return this.#change(async () => {
      const name = personText(user);
      if (await askToConfirm(text('people.sure.token', name), text('people.token'))) {
        const { token } = await this.#session.api.post(path`/users/${user.id}/token`);
        showToken(name, token);
      }
    });
  }

  #delete(user) {
    return this.#change(async () => {
      if (await askToConfirm(text('people.sure.delete', personText(user)), text('people.delete'))) {
        await this.#session.api.delete(path`/users/${user.id}`);
      }
    });
  }
}

const action = (label, user, click) => button('quiet', label, text('people.action', label, personText(user)), click);
