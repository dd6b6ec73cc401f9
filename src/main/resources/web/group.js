// A group's dialogs: a new one, its name and policy, its members, and its end.
import { path } from './api.js';
import { ask, form, input, openDialog, select } from './dialog.js';
import { avatar, el, foreign, icon } from './dom.js';
import { picker } from './picker.js';
import { text } from './texts.js';

const POLICIES = ['sender', 'members', 'off'].map(word => [word, text(`receipts.${word}`)]);

export function openNewGroup(session) {
  const others = session.people.filter(({ id }) => id !== session.me.id);
  const dialog = openDialog(text('group.new'), form([
    { name: 'id', label: text('group.id'), input: input('', { required: true }), hint: text('id.hint') },
    { name: 'name', label: text('group.name'), input: input() },
    { name: 'members', label: text('group.add'), input: picker(others) },
    { name: 'receipts', label: text('receipts.policy'), input: select('sender', POLICIES) },
  ], text('group.create'), async values => {
    const group = await session.api.post('/groups', values);
    session.know(group);
    dialog.close();
    location.hash = `#/${group.id}`;
  }));
}

/** Its members, and for its owner and for admins all that may be changed. */
export async function openGroup(session, id) {
  const group = { ...session.groups.get(id) ?? session.outside.get(id) };
  const may = session.me.admin || group.owner === session.me.id;
  const content = el('div', {});
  const error = el('p', { className: 'error', role: 'alert' });
  const dialog = openDialog(group.name, content);

  async function draw() {
    const { members } = await session.api.get(path`/groups/${id}/members`);
    const list = el('ul', { className: 'people rows' }, members.map(row));
    content.replaceChildren(...[
      may ? settings() : null,
      el('h3', {}, text('group.members', members.length)), error, list, may ? addition(members) : null, endings(),
    ].filter(part => part));
  }

  /** Does it, and shows what is so now, or why it could not be done. */
  async function change(work) {
    error.textContent = '';
    try {
      await work();
      await session.refresh();
      Object.assign(group, session.groups.get(id) ?? session.outside.get(id));
      await (dialog.open && draw());
    } catch (problem) {
      error.textContent = problem.message;
      content.contains(error) || content.append(error);
    }
  }

  const sure = (question, action, work) => change(async () => await ask(question, action) && await work());

  const settings = () => form([
    { name: 'name', label: text('group.name'), input: input(group.name) },
    { name: 'receipts', label: text('receipts.policy'), input: select(group.receipts, POLICIES) },
  ], text('save'), async values => {
    await session.api.patch(path`/groups/${id}`, values);
    await session.refresh();
    dialog.close();
  });

  function row({ id: uid, name, role, online }) {
    const path_ = path`/groups/${id}/members/${uid}`;
    const remove = () => sure(text('group.sure.remove', name), text('group.remove', name), () => session.api.delete(path_));
    const crown = () => sure(text('group.sure.owner', name), text('group.make.owner', name),
      () => session.api.patch(path`/groups/${id}`, { owner: uid }));
    return el('li', {}, avatar(uid, name, 'small'), foreign('span', name, 'name'),
      online ? el('span', { className: 'online' }, text('group.online')) : null,
      role === 'owner' ? el('span', { className: 'tag' }, text('group.owner')) : null,
      may && role !== 'owner' ? el('span', { className: 'actions' },
        act('quiet', text('group.crown'), text('group.make.owner', name), crown),
        act('round', icon('close'), text('group.remove', name), remove)) : null);
  }

  function addition(members) {
    const inside = new Set(members.map(member => member.id));
    const others = session.people.filter(person => !inside.has(person.id));
    return others.length === 0 ? null : form([
      { name: 'ids', label: text('group.add'), input: picker(others) },
    ], text('group.add'), async values => {
      await session.api.post(path`/groups/${id}/members`, values);
      await change(() => {});
    });
  }

  const gone = async work => {
    await work();
    dialog.close();
  };
  const leave = () => sure(text('group.sure.leave', group.name), text('group.leave'),
    () => gone(() => session.api.delete(path`/groups/${id}/members/${session.me.id}`)));
  const remove = () => sure(text('group.sure.delete', group.name), text('group.delete'),
    () => gone(() => session.api.delete(path`/groups/${id}`)));
  const endings = () => el('div', { className: 'buttons endings' },
    session.groups.has(id) && group.owner !== session.me.id
      ? act('danger-quiet', text('group.leave'), text('group.leave'), leave) : null,
    may ? act('danger-quiet', text('group.delete'), text('group.delete'), remove) : null);

  await change(() => {});
}

const act = (className, content, label, work) =>
  el('button', { type: 'button', className, ariaLabel: label, title: label, on: { click: work } }, content);
