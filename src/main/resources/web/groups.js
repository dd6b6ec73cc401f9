// The list of one's groups, those with news first.
import { $, avatar, el, foreign, icon } from './dom.js';
import { openGroup } from './group.js';
import { unread } from './session.js';
import { text, when } from './texts.js';

export function drawGroups(session, openId) {
  const focused = document.activeElement?.closest?.('#groups a, #groups button')?.dataset.id;
  const groups = [...session.groups.values()].sort(newestFirst);
  $('groups').replaceChildren(
    ...groups.map(group => row(session, group, openId)),
    ...[...session.outside.values()].map(group => outside(session, group)));
  $('groups').querySelector(`[data-id="${CSS.escape(focused ?? '')}"]`)?.focus({ preventScroll: true });
  drawNobody(groups.length);
  const waiting = groups.reduce((sum, group) => sum + unread(group), 0);
  document.title = waiting > 0 ? `(${waiting}) Seenby` : 'Seenby';
}

/** By when something was last written, as far as that is known; then by name. */
function newestFirst(a, b) {
  return (b.latest?.sent_at ?? '').localeCompare(a.latest?.sent_at ?? '')
    || (unread(b) > 0) - (unread(a) > 0) || a.name.localeCompare(b.name);
}

function drawNobody(count) {
  const key = count === 0 ? 'groups.none' : 'groups.choose';
  $('nobody-title').textContent = text(key);
  $('nobody-text').textContent = text(`${key}.text`);
}

function row(session, group, openId) {
  const waiting = unread(group);
  const link = el('a', { href: `#/${group.id}`, className: group.id === openId ? 'group open' : 'group' },
    avatar(group.id, group.name, 'square'),
    el('span', { className: 'titles' }, foreign('span', group.name, 'name'), preview(session, group)),
    el('span', { className: 'side-notes' },
      group.latest ? el('time', { className: 'soft', dateTime: group.latest.sent_at }, when(group.latest.sent_at)) : null,
      el('span', { className: 'marks' }, group.nudged.size > 0 ? icon('bell') : null,
        waiting > 0 ? el('span', { className: 'badge', ariaLabel: text('groups.unread', waiting), role: 'img' }, badge(waiting)) : null)));
  link.dataset.id = group.id;
  if (group.id === openId) {
    link.setAttribute('aria-current', 'page');
  }
  return el('li', {}, link);
}

const badge = count => count > 999 ? '999+' : String(count);

function preview(session, { latest, members }) {
  if (!latest) {
    return el('span', { className: 'soft preview' }, text('group.members', members));
  }
  const name = latest.sender === session.me.id ? text('talk.you') : session.name(latest.sender);
  return foreign('span', text('talk.said', name, latest.text), 'soft preview');
}

function outside(session, group) {
  const button = el('button', { className: 'group', on: { click: () => openGroup(session, group.id) } },
    avatar(group.id, group.name, 'square'),
    el('span', { className: 'titles' }, foreign('span', group.name, 'name'),
      el('span', { className: 'soft preview' }, text('groups.outside'))));
  button.dataset.id = group.id;
  return el('li', {}, button);
}
