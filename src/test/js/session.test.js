import './support/browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unread } from '../../main/resources/web/group.js';
import { Session } from '../../main/resources/web/session.js';
import { InstantApi } from './support/fake-api.js';
import { fakeClock } from './support/fake-clock.js';

const clock = fakeClock();
const EVENTS = ['arrived', 'reads', 'nudge', 'left', 'resync', 'trimmed'];
const NOTHING = { messages: [], left: [], trimmed: [], reads: [], resync: [], nudges: [] };

const group = (id, more = {}) => ({ id, name: id, created_at: 't1', last_id: 0, last_ack: 0, ...more });
const message = (id, sender, more = {}) =>
  ({ group: 'ops', id, sender, sent_at: `at ${id}`, text: `text ${id}`, ...more });

/** A session of bob on a server that knows these groups; `events` are all but `groups`. */
async function signedIn(groups, { me = { id: 'bob' }, all = [] } = {}) {
  const server = { me, groups, all, users: [{ id: 'ann', name: 'Ann Lee' }, { id: 'bob', name: 'Bob' }] };
  const api = new InstantApi(path => ({
    '/me': server.me,
    '/users': { users: server.users },
    '/groups': { groups: server.groups.map(each => ({ ...each })) },
    '/groups?all=true': { groups: server.all },
  })[path]);
  const session = new Session(api);
  const events = [];
  EVENTS.forEach(type => session.addEventListener(type, ({ detail }) => events.push([type, detail])));
  await session.load();
  return { session, server, api, events, take: update => session.take({ ...NOTHING, ...update }) };
}

test('a message makes its group unread', async () => {
  const { session, events, take } = await signedIn([group('ops')]);
  const messages = [message(1, 'ann'), message(2, 'ann')];

  take({ messages });

  assert.equal(unread(session.groups.get('ops')), 2);
  assert.equal(session.groups.get('ops').latest, messages[1]);
  assert.deepEqual(events, [['arrived', { group: 'ops', messages }]]);
});

test('what the user sends in another tab is not unread in this one', async () => {
  const { session, take } = await signedIn([group('ops')]);

  take({ messages: [message(1, 'bob')] });

  assert.equal(unread(session.groups.get('ops')), 0);
});

test('what the user sends in another tab leaves earlier messages unread, and is not', async () => {
  const { session, take } = await signedIn([group('ops')]);

  take({ messages: [message(1, 'ann'), message(2, 'bob'), message(3, 'ann'), message(4, 'bob')] });

  assert.equal(unread(session.groups.get('ops')), 2);
  assert.equal(session.groups.get('ops').last_ack, 0);
});

test('each group gets its messages', async () => {
  const { events, take } = await signedIn([group('ops'), group('dev')]);

  take({ messages: [message(1, 'ann'), message(1, 'ann', { group: 'dev' }), message(2, 'ann')] });

  const of = events.map(([, detail]) => [detail.group, detail.messages.map(({ id }) => id)]);
  assert.deepEqual(of, [['ops', [1, 2]], ['dev', [1]]]);
});

test('a message in a group that is not known yet brings the group', async () => {
  const { session, server, take } = await signedIn([]);
  server.groups = [group('ops', { last_id: 1 })];

  take({ messages: [message(1, 'ann')] });
  await clock.pass(200);

  assert.equal(unread(session.groups.get('ops')), 1);
  assert.equal(session.groups.get('ops').latest.id, 1);
});

test('a group is gone when an update or the server says so', async () => {
  const { session, server, events, take } = await signedIn([group('ops'), group('dev')]);

  take({ left: ['ops', 'never-known'] });
  assert.deepEqual([...session.groups.keys()], ['dev']);
  server.groups = [];
  await session.refresh();

  assert.equal(session.groups.size, 0);
  assert.deepEqual(events, [['left', { group: 'ops', name: 'ops' }], ['left', { group: 'dev', name: 'dev' }]]);
});

test('what is read in another tab is read here after a refresh', async () => {
  const { session, server } = await signedIn([group('ops', { last_id: 2 })]);
  assert.equal(unread(session.groups.get('ops')), 2);
  server.groups[0].last_ack = 2;

  await session.refresh();

  assert.equal(unread(session.groups.get('ops')), 0);
});

test('a refresh does not take back what an update has reported', async () => {
  const { session, take } = await signedIn([group('ops', { last_id: 2, last_ack: 1 })]);
  take({ messages: [message(3, 'ann')] });
  session.reads.moveTo(session.groups.get('ops'), 3);

  await session.refresh();

  assert.equal(session.groups.get('ops').last_id, 3);
  assert.equal(session.groups.get('ops').last_ack, 3);
});

test('a group that was created again is another group', async () => {
  const { session, server, events } = await signedIn([group('ops', { last_id: 9, last_ack: 9 })]);
  server.groups = [group('ops', { created_at: 't2', last_id: 1 })];

  await session.refresh();

  assert.equal(unread(session.groups.get('ops')), 1);
  assert.deepEqual(events, [['left', { group: 'ops', name: 'ops' }]]);
});

test('a group that was left for another of its id is known again with the messages of that one', async () => {
  const { session, server, take } = await signedIn([group('ops', { last_id: 9, last_ack: 9 })]);
  server.groups = [group('ops', { created_at: 't2', last_id: 1 })];

  take({ left: ['ops'], messages: [message(1, 'ann')] });
  await clock.pass(200);

  assert.equal(unread(session.groups.get('ops')), 1);
});

test('a refresh that fails changes nothing', async () => {
  const { session, server } = await signedIn([group('ops')]);
  server.groups = undefined;

  await session.refresh();

  assert.deepEqual([...session.groups.keys()], ['ops']);
});

test('a nudge is kept until its message is read', async () => {
  const { session, events, take } = await signedIn([group('ops', { last_id: 5 })]);
  const ops = session.groups.get('ops');
  const nudges = [{ group: 'ops', id: 2, by: 'ann' }, { group: 'ops', id: 4, by: 'ann' }];

  take({ nudges });
  assert.deepEqual(events, nudges.map(nudge => ['nudge', nudge]));
  session.reads.moveTo(ops, 3);

  assert.deepEqual([...ops.nudged.keys()], [4]);
});

test('reads, groups to count again and messages that are gone are passed on', async () => {
  const { session, events, take } = await signedIn([group('ops')]);
  const read = { group: 'ops', from: 1, upto: 2 };
  const trimmed = { group: 'ops', first_id: 3 };

  take({ reads: [read], resync: ['ops'], trimmed: [trimmed] });

  assert.deepEqual(events, [['resync', { group: 'ops' }], ['trimmed', trimmed], ['reads', read]]);
  assert.equal(session.groups.get('ops').first_id, 3);
});

test('an admin manages groups without being a member', async () => {
  const admin = await signedIn([group('ops')], { me: { id: 'root', admin: true }, all: [group('ops'), group('dev')] });
  const other = await signedIn([group('ops')]);

  assert.deepEqual([...admin.session.outside.keys()], ['dev']);
  assert.equal(other.api.paths.includes('/groups?all=true'), false);
});

test('a user has an id for a name until the name is loaded', async () => {
  const { session, server, api } = await signedIn([]);
  assert.equal(session.name('ann'), 'Ann Lee');
  server.users.push({ id: 'eve', name: 'Eve' });
  api.paths.length = 0;

  assert.deepEqual([session.name('eve'), session.name('eve'), session.name('zoe')], ['eve', 'eve', 'zoe']);
  await clock.pass(200);

  assert.equal(session.name('eve'), 'Eve');
  assert.deepEqual(api.paths, ['/users']);
});

test('the latest message comes from a history that reaches the end', async () => {
  const { session } = await signedIn([group('ops')]);
  const ops = session.groups.get('ops');
  const messages = new Map([[1, message(1, 'ann')]]);

  session.latest(ops, { reachesEnd: false, messages, last: 1 });
  assert.equal(ops.latest, undefined);
  session.latest(ops, { reachesEnd: true, messages, last: 1 });

  assert.equal(ops.latest.text, 'text 1');
});
