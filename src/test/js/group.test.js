import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byLatest, isRead, markRead, moveCursor, newGroup, takeGroup, unread, unreadAfter }
  from '../../main/resources/web/group.js';

const group = (lastId, lastAck, ...ahead) =>
  Object.assign(newGroup(), { last_id: lastId, last_ack: lastAck, ahead: new Set(ahead) });

test('what the user has not read is unread', () => {
  assert.equal(unread(group(5, 3)), 2);
  assert.equal(unread(group(5, 7)), 0);
  assert.equal(unread(group(9, 3, 5, 9)), 4);
  assert.equal(unread(group(9, 3, 5, 12)), 5, 'one that is read, but not known here yet');
});

test('the unread after a message are counted apart', () => {
  const ops = group(9, 3, 5, 9);

  assert.deepEqual([0, 3, 4, 5, 8, 9].map(id => unreadAfter(ops, id)), [4, 4, 3, 3, 0, 0]);
});

test('a message is read before the cursor, or by itself', () => {
  const ops = group(9, 3, 5);

  assert.deepEqual([3, 4, 5, 6].map(id => isRead(ops, id)), [true, false, true, false]);
});

test('the cursor moves over messages that are read, and never over one that is not', () => {
  const ops = group(9, 3);

  markRead(ops, [6, 5, 9]);
  assert.deepEqual([ops.last_ack, [...ops.ahead]], [3, [6, 5, 9]]);
  markRead(ops, [2, 4]);
  assert.deepEqual([ops.last_ack, [...ops.ahead]], [6, [9]]);
  moveCursor(ops, 8);
  assert.deepEqual([ops.last_ack, ops.ahead.size], [9, 0]);
  moveCursor(ops, 5);

  assert.equal(ops.last_ack, 9);
});

test('the server moves a group forward, and a stale one also back', () => {
  const said = { id: 'ops', last_id: 7, last_ack: 2 };

  assert.deepEqual(takeGroup(group(9, 5, 8), said).last_ack, 5);
  assert.deepEqual(takeGroup(group(9, 5, 8), said).last_id, 9);
  const stale = takeGroup(Object.assign(group(9, 5), { stale: true }), said);
  assert.deepEqual([stale.last_id, stale.last_ack, stale.stale], [7, 2, false]);
  const late = takeGroup(Object.assign(group(9, 5), { stale: true, latest: { id: 8 } }), said);
  assert.deepEqual([late.last_id, late.last_ack], [8, 2]);
});

test('groups are ordered by their latest message, then unread first, then by name', () => {
  const named = (name, sentAt, lastId = 0) =>
    Object.assign(group(lastId, 0), { name, latest: sentAt && { sent_at: sentAt } });
  const groups = [named('b'), named('a'), named('c', undefined, 1), named('d', '2026-01-01T00:00:00Z'),
    named('e', '2026-01-02T00:00:00Z')];

  assert.deepEqual(groups.sort(byLatest).map(({ name }) => name), ['e', 'd', 'c', 'a', 'b']);
});
