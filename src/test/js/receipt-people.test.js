import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReceiptPeople } from '../../main/resources/web/conversation/receipt-people.js';

const people = () => new ReceiptPeople({
  readers: [{ id: 'ann', read_at: '2026-01-01T00:00:01Z' }, { id: 'bob', read_at: '2026-01-01T00:00:02Z' }],
  unread_members: ['carl', 'dora', 'eve'],
});
const ids = list => list.map(({ id }) => id);

test('the latest readers are first', () => {
  assert.deepEqual(ids(people().readers), ['bob', 'ann']);
});

test('who reads moves from one list to the other', () => {
  const some = people();

  assert.equal(some.read(new Map([['eve', '2026-01-01T00:00:03Z'], ['carl', '2026-01-01T00:00:04Z']])), true);

  assert.deepEqual(ids(some.readers), ['carl', 'eve', 'bob', 'ann']);
  assert.deepEqual(ids(some.waiting), ['dora']);
  assert.deepEqual(some.counts, { recipients: 5, read: 4, unread: 1 });
});

test('who has read already, or owes no receipt, changes nothing', () => {
  const some = people();

  assert.equal(some.read(new Map([['ann', '2026-01-01T00:00:09Z'], ['zoe', '2026-01-01T00:00:09Z']])), false);

  assert.deepEqual(ids(some.readers), ['bob', 'ann']);
  assert.deepEqual(some.counts, { recipients: 5, read: 2, unread: 3 });
});
