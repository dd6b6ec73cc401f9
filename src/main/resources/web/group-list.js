// The list of the user's groups, the latest first.
import { avatar } from './avatar.js';
import { when } from './dates.js';
import { $, el, icon, userText } from './dom.js';
import { byLatest, unread } from './group.js';
import { GroupDialog } from './dialogs/group-dialog.js';
import { href } from './router.js';
import { RowList } from './row-list.js';
import { text } from './texts.js';

export class GroupList {
  #session;
  #rows = new RowList($('groups'), ({ outside, ...group }) => outside ? this.#outsideRow(group) : row(group));

  constructor(session) {
    this.#session = session;
  }

  draw(openId) {
    const { groups, outside } = this.#session;
    const own = [...groups.values()].sort(byLatest);
    this.#rows.show([
      ...own.map(group => this.#describe(group, group.id === openId)),
      ...[...outside.values()].map(({ id, name }) => ({ outside: true, id, name })),
    ]);
    drawPlaceholder(own.length);
    const count = own.reduce((sum, group) => sum + unread(group), 0);
    document.title = count > 0 ? `(${count}) Seenby` : 'Seenby';
  }

  clear() {
    this.#rows.show([]);
  }

  /** What the row of a group shows. */
  #describe(group, open) {
    const { id, name, latest, nudged } = group;
    const at = latest && { at: latest.sent_at, when: when(latest.sent_at) };
    return { id, name, open, at, preview: this.#preview(group), unread: unread(group), nudged: nudged.size > 0 };
  }

  #preview({ latest, members }) {
    if (!latest) {
      return text('group.members', members);
    }
    const { me } = this.#session;
    const name = latest.sender === me.id ? text('conversation.you') : this.#session.called(latest.sender);
    return text('conversation.said', name, latest.text);
  }

  /** A group that an admin is not a member of. */
  #outsideRow({ id, name }) {
    const open = el('button', { className: 'group', on: { click: () => new GroupDialog(this.#session, id).open() } },
      avatar(id, name, 'square'),
      el('span', { className: 'titles' }, userText('span', name, 'name'),
        el('span', { className: 'soft preview' }, text('groups.outside'))));
    open.dataset.id = id;
    return el('li', {}, open);
  }
}

/** What stands in the place of a conversation when none is open. */
function drawPlaceholder(count) {
  $('placeholder-title').textContent = text(count === 0 ? 'groups.none' : 'groups.choose');
  $('placeholder-text').textContent = text(count === 0 ? 'groups.none.text' : 'groups.choose.text');
}

function row({ id, name, open, at, preview, unread: count, nudged }) {
  const link = el('a', { href: href(id), className: open ? 'group open' : 'group' },
    avatar(id, name, 'square'),
    el('span', { className: 'titles' },
      userText('span', name, 'name'), el('span', { className: 'soft preview' }, preview)),
    el('span', { className: 'side-notes' },
      at ? el('time', { className: 'soft', dateTime: at.at }, at.when) : null,
      el('span', { className: 'marks' }, nudged ? icon('bell') : null, badge(count))));
  link.dataset.id = id;
  if (open) {
    link.setAttribute('aria-current', 'page');
  }
  return el('li', {}, link);
}

const badge = count => count === 0 ? null
  : el('span', { className: 'badge', ariaLabel: text('groups.unread', count), role: 'img' }, short(count));

const short = count => count > 999 ? '999+' : String(count);
