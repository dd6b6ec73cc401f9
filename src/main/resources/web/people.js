// For admins: who there is, new people, and their tokens.
import { path } from './api.js';
import { ask, checkbox, form, input, openDialog, showToken } from './dialog.js';
import { avatar, el, foreign } from './dom.js';
import { text } from './texts.js';

export function openPeople(session) {
  const list = el('ul', { className: 'people rows' });
  const error = el('p', { className: 'error', role: 'alert' });

  /** Does it, says what went wrong, and shows who there is now. */
  async function change(work) {
    error.textContent = '';
    try {
      await work();
      const { users } = await session.api.get('/users');
      list.replaceChildren(...users.map(row));
    } catch (problem) {
      error.textContent = problem.message;
    }
  }

  const renew = ({ id, name }) => change(async () => {
    if (await ask(text('people.sure.token', name), text('people.token'))) {
      const { token } = await session.api.post(path`/users/${id}/token`);
      showToken(name, token);
    }
  });

  const remove = ({ id, name }) => change(async () => {
    if (await ask(text('people.sure.delete', name), text('people.delete'))) {
      await session.api.delete(path`/users/${id}`);
      session.forget(id);
    }
  });

  const row = user => el('li', {}, avatar(user.id, user.name, 'small'), foreign('span', user.name, 'name'),
    user.name === user.id ? null : el('span', { className: 'soft id' }, user.id),
    user.admin ? el('span', { className: 'tag' }, text('people.is.admin')) : null,
    el('span', { className: 'actions' },
      act(text('people.token'), user, renew), user.id === session.me.id ? null : act(text('people.delete'), user, remove)));

  const create = () => form([
    { name: 'id', label: text('people.id'), input: input('', { required: true }), hint: text('id.hint') },
    { name: 'name', label: text('people.name'), input: input() },
    { name: 'admin', label: text('people.admin'), input: checkbox(false) },
  ], text('people.create'), async values => {
    const user = await session.api.post('/users', values);
    session.named(user.id, user.name);
    fresh.replaceChildren(create());
    showToken(user.name, user.token);
    await change(() => {});
  });

  const fresh = el('div', {}, create());
  openDialog(text('people.title'), el('h3', {}, text('people.new')), fresh, el('h3', {}, text('people.title')), error, list);
  change(() => {});
}

const act = (label, user, work) =>
  el('button', { type: 'button', className: 'quiet', ariaLabel: `${label}: ${user.name}`, on: { click: () => work(user) } }, label);
