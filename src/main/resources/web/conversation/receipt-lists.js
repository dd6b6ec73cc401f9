// Who has read a message and when, and who has not.
import { avatar } from '../avatar.js';
import { when } from '../dates.js';
import { el, userText } from '../dom.js';
import { text } from '../texts.js';

export function receiptLists(session, { readers, unread_members: waiting, hidden, archived }) {
  const person = (id, readAt) => row(id, session.name(id), readAt);
  const latestFirst = readers.toSorted((a, b) => a.read_at < b.read_at ? 1 : -1);
  return [
    list('readers', text('receipts.readers', readers.length), latestFirst.map(({ id, read_at: at }) => person(id, at))),
    archived
      ? list('never', text('receipts.never', waiting.length), waiting.map(id => person(id)))
      : list('waiting', text('receipts.waiting', waiting.length), waiting.map(id => person(id))),
    ...(hidden ? [el('p', { className: 'soft note' }, text('receipts.hidden', hidden))] : []),
    ...(archived ? [el('p', { className: 'soft note' }, text('receipts.archived.note'))] : []),
  ];
}

const list = (className, title, people) => el('section', { className }, el('h4', {}, title), el('ul', {}, people));

const row = (id, name, readAt) => el('li', {}, avatar(id, name, 'small'), userText('span', name, 'name'),
  readAt ? el('time', { dateTime: readAt }, when(readAt)) : null);
