import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byLatest, cursorAfter, unread } from '../../main/resources/web/group.js';

test('what the user has not read is unread', () => {
  assert.equal(unread({ last_id: 5, last_ack: 3 }), 2);
  assert.equal(unread({ last_id: 5, last_ack: 7 }), 0);
});

test('groups are ordered by their latest message, then unread first, then by name', () => {
  const group = (name, sentAt, lastId = 0) =>
    ({ name, last_id: lastId, last_ack: 0, latest: sentAt && { sent_at: sentAt } });
  const groups = [group('b'), group('a'), group('c', undefined, 1), group('d', '2026-01-01T00:00:00Z'),
    group('e', '2026-01-02T00:00:00Z')];

  assert.deepEqual(groups.sort(byLatest).map(({ name }) => name), ['e', 'd', 'c', 'a', 'b']);
});

test('who had read everything and writes still has', () => {
  const messages = ['bob', 'bob', 'ann', 'bob'].map((sender, i) => ({ id: 4 + i, sender }));

  assert.equal(cursorAfter(messages, 'bob', 3), 5);
  assert.equal(cursorAfter(messages, 'bob', 2), 2);
});
