import './support/browser.js';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { unread } from '../../main/resources/web/group.js';
import { Session } from '../../main/resources/web/session.js';
import { InstantApi } from './support/fake-api.js';
import { fakeClock } from './support/fake-clock.js';

const clock = fakeClock();
const NOTHING = { messages: [], left: [], trimmed: [], reads: [], resync: [], nudges: [] };

const message = (id, sender = 'ann', at = `at ${id}`) =>
  ({ group: 'ops', id, sender, sent_at: at, text: `text ${id}` });

beforeEach(() => localStorage.clear());

/** A tab of bob, and what it tells other tabs. */
async function tab(server = { id: 'ops', created_at: 't1', last_id: 0, last_ack: 0 }) {
  const api = new InstantApi(path => ({
    '/me': { id: 'bob' }, '/users': { users: [] }, '/groups': { groups: [{ ...server }] },
  })[path]);
  const session = new Session(api);
  const told = [];
  session.addEventListener('read', ({ detail }) => told.push(detail));
  await session.load();
  const take = update => session.take({ ...NOTHING, ...update });
  return { session, ops: session.groups.get('ops'), server, told, take };
}

const five = [1, 2, 3, 4, 5].map(id => message(id));

test('messages that are read one at a time are unread no more', async () => {
  const { session, ops, take } = await tab();
  take({ messages: five });

  session.reads.add(ops, [five[4]]);
  assert.deepEqual([unread(ops), ops.last_ack], [4, 0]);
  session.reads.add(ops, [five[0], five[1]]);

  assert.deepEqual([unread(ops), ops.last_ack], [2, 2]);
});

test('they stay read after a reload of the page', async () => {
  const before = await tab();
  before.take({ messages: five });
  before.session.reads.add(before.ops, [five[4], five[2]]);

  const { ops, take } = await tab();
  take({ messages: five });

  assert.equal(unread(ops), 3);
});

test('a message with the same id from another time is unread', async () => {
  const before = await tab();
  before.take({ messages: five });
  before.session.reads.add(before.ops, [five[4]]);

  const { ops, take } = await tab();
  take({ messages: [...five.slice(0, 4), message(5, 'ann', 'later')] });

  assert.equal(unread(ops), 5);
});

test('the browser keeps nothing that the cursor has passed', async () => {
  const { session, ops, take } = await tab();
  take({ messages: five });

  session.reads.add(ops, [five[4]]);
  session.reads.moveTo(ops, 4);

  assert.equal(ops.last_ack, 5);
  assert.equal(localStorage.getItem('read bob'), '{}');
});

test('without storage, a message that was read counts as read until the next reload', async t => {
  const { session, ops, take } = await tab();
  take({ messages: five });
  t.mock.method(localStorage, 'setItem', () => { throw new Error('full'); });

  session.reads.add(ops, [five[4]]);

  assert.equal(unread(ops), 4);
});

test('another tab takes what was read here', async () => {
  const one = await tab();
  const two = await tab();
  [one, two].forEach(({ take }) => take({ messages: five }));

  one.session.reads.add(one.ops, [five[4]]);
  one.session.reads.moveTo(one.ops, 2);
  one.told.forEach(read => two.session.reads.merge(read));

  assert.deepEqual([unread(one.ops), unread(two.ops)], [2, 2]);
  assert.deepEqual(two.told, []);
});

test('after a resync the server says what is read, also where it is less', async () => {
  const { session, ops, server, take } = await tab({ id: 'ops', created_at: 't1', last_id: 9, last_ack: 9 });
  take({ messages: [message(10), message(11)] });
  session.reads.add(ops, [message(11)]);
  Object.assign(server, { last_id: 7, last_ack: 3 });

  take({ resync: ['ops'] });
  await clock.pass(200);

  assert.deepEqual([ops.last_id, ops.last_ack, unread(ops)], [7, 3, 4]);
});

test('messages that come with a resync count after it', async () => {
  const { ops, server, take } = await tab({ id: 'ops', created_at: 't1', last_id: 9, last_ack: 9 });
  Object.assign(server, { last_id: 7, last_ack: 3 });

  take({ resync: ['ops'], messages: [4, 5, 6, 7, 8].map(id => message(id)) });
  await clock.pass(200);

  assert.deepEqual([ops.last_id, ops.last_ack, unread(ops)], [8, 3, 5]);
});

test('a new start asks for all groups again', async () => {
  const { session, ops, server } = await tab({ id: 'ops', created_at: 't1', last_id: 9, last_ack: 9 });
  Object.assign(server, { last_id: 1, last_ack: 0 });

  session.startOver();
  await clock.pass(200);

  assert.deepEqual([ops.last_id, ops.last_ack], [1, 0]);
});

test('what the user sends in a group that is not known yet is not unread', async () => {
  const { session, server, take } = await tab({ id: 'dev', created_at: 't1', last_id: 0, last_ack: 0 });
  Object.assign(server, { id: 'ops', last_id: 3 });

  take({ messages: [message(1), message(2, 'bob')] });
  take({ messages: [message(3, 'bob')] });
  await clock.pass(200);

  assert.equal(unread(session.groups.get('ops')), 1);
});
