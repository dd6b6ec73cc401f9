// The list of the user's groups, the latest first.
import { avatar } from './avatar.js';
import { when } from './dates.js';
import { $, el, icon, userText } from './dom.js';
import { byLatest, unread } from './group.js';
import { GroupDialog } from './dialogs/group-dialog.js';
import { href } from './router.js';
import { text } from './texts.js';

export function drawGroups(session, openId) {
  const focused = document.activeElement?.closest?.('#groups a, #groups button')?.dataset.id;
  const groups = [...session.groups.values()].sort(byLatest);
  $('groups').replaceChildren(
    ...groups.map(group => row(session, group, group.id === openId)),
    ...[...session.outside.values()].map(group => outsideRow(session, group)));
  $('groups').querySelector(`[data-id="${CSS.escape(focused ?? '')}"]`)?.focus({ preventScroll: true });
  drawPlaceholder(groups.length);
  const count = groups.reduce((sum, group) => sum + unread(group), 0);
  document.title = count > 0 ? `(${count}) Seenby` : 'Seenby';
}

/** What stands in the place of a conversation when none is open. */
function drawPlaceholder(count) {
  $('placeholder-title').textContent = text(count === 0 ? 'groups.none' : 'groups.choose');
  $('placeholder-text').textContent = text(count === 0 ? 'groups.none.text' : 'groups.choose.text');
}

function row(session, group, open) {
  const link = el('a', { href: href(group.id), className: open ? 'group open' : 'group' },
    avatar(group.id, group.name, 'square'),
    el('span', { className: 'titles' }, userText('span', group.name, 'name'), preview(session, group)),
    el('span', { className: 'side-notes' }, time(group), el('span', { className: 'marks' }, ...marks(group))));
  link.dataset.id = group.id;
  if (open) {
    link.setAttribute('aria-current', 'page');
  }
  return el('li', {}, link);
}

const time = ({ latest }) =>
  latest ? el('time', { className: 'soft', dateTime: latest.sent_at }, when(latest.sent_at)) : null;

function marks(group) {
  const count = unread(group);
  return [
    group.nudged.size > 0 ? icon('bell') : null,
    count > 0
      ? el('span', { className: 'badge', ariaLabel: text('groups.unread', count), role: 'img' }, short(count)) : null,
  ];
}

const short = count => count > 999 ? '999+' : String(count);

function preview(session, { latest, members }) {
  if (!latest) {
    return el('span', { className: 'soft preview' }, text('group.members', members));
  }
  const name = latest.sender === session.me.id ? text('conversation.you') : session.name(latest.sender);
  return userText('span', text('conversation.said', name, latest.text), 'soft preview');
}

/** A group that an admin is not a member of. */
function outsideRow(session, group) {
  const open = el('button', { className: 'group', on: { click: () => new GroupDialog(session, group.id).open() } },
    avatar(group.id, group.name, 'square'),
    el('span', { className: 'titles' }, userText('span', group.name, 'name'),
      el('span', { className: 'soft preview' }, text('groups.outside'))));
  open.dataset.id = group.id;
  return el('li', {}, open);
}
