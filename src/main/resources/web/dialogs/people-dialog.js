// For admins: all users, new users, and their tokens.
import { path } from '../api.js';
import { avatar } from '../avatar.js';
import { askToConfirm, openDialog } from './dialog.js';
import { button, el, userText } from '../dom.js';
import { checkbox, form, textField } from './form.js';
import { text } from '../texts.js';
import { showToken } from './token-dialog.js';

export class PeopleDialog {
  #session;
  #new = el('div', {});
  #error = el('p', { className: 'error', role: 'alert' });
  #list = el('ul', { className: 'people rows' });

  constructor(session) {
    this.#session = session;
  }

  open() {
    this.#new.append(this.#newPerson());
    openDialog(text('people.title'), el('h3', {}, text('people.new')), this.#new,
      el('h3', {}, text('people.title')), this.#error, this.#list);
    this.#change(() => {});
  }

  /** Does the work, then shows all users as they are now, or why the work failed. */
  async #change(work) {
    this.#error.textContent = '';
    try {
      await work();
      const { users } = await this.#session.api.get('/users');
      this.#list.replaceChildren(...users.map(user => this.#person(user)));
    } catch (problem) {
      this.#error.textContent = problem.message;
    }
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
    this.#session.named(user.id, user.name);
    this.#new.replaceChildren(this.#newPerson());
    showToken(user.name, user.token);
    await this.#change(() => {});
  }

  #person(user) {
    const { id, name, admin } = user;
    return el('li', {}, avatar(id, name, 'small'), userText('span', name, 'name'),
      name === id ? null : el('span', { className: 'soft id' }, id),
      admin ? el('span', { className: 'tag' }, text('people.is.admin')) : null,
      el('span', { className: 'actions' },
        action(text('people.token'), user, () => this.#renewToken(user)),
        id === this.#session.me.id ? null : action(text('people.delete'), user, () => this.#delete(user))));
  }

  #renewToken({ id, name }) {
    return this.#change(async () => {
      if (await askToConfirm(text('people.sure.token', name), text('people.token'))) {
        const { token } = await this.#session.api.post(path`/users/${id}/token`);
        showToken(name, token);
      }
    });
  }

  #delete({ id, name }) {
    return this.#change(async () => {
      if (await askToConfirm(text('people.sure.delete', name), text('people.delete'))) {
        await this.#session.api.delete(path`/users/${id}`);
        this.#session.forget(id);
      }
    });
  }
}

const action = (label, { name }, click) => button('quiet', label, `${label}: ${name}`, click);
