import './support/browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History } from '../../main/resources/web/conversation/history.js';
import { FakeApi, InstantApi } from './support/fake-api.js';

const ids = messages => messages.map(({ id }) => id);
const range = (from, to) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => ({ id: from + i }));

/** A group as the server keeps it, and its history. */
function kept(first, last, known = {}) {
  const group = { id: 'ops', first_id: 1, last_id: last, ...known };
  const server = { first, last };
  const api = new InstantApi(path => {
    const [, end, ...numbers] = /\?(before|after)=(\d+)&limit=(\d+)$/.exec(path);
    const [id, limit] = numbers.map(Number);
    const [from, to] = end === 'before' ? [id - limit, id - 1] : [id + 1, id + limit];
    const messages = range(Math.max(server.first, from), Math.min(server.last, to));
    return { messages, first_id: server.first, last_id: server.last };
  });
  return { group, server, api, history: new History(api, group) };
}

test('opens at a place with messages before and after it', async () => {
  const { api, history } = kept(1, 200);

  const messages = await history.open(100);

  assert.deepEqual(ids(messages), ids(range(41, 160)));
  assert.deepEqual([history.first, history.last], [41, 160]);
  assert.deepEqual(api.paths, ['/groups/ops/messages?before=101&limit=60', '/groups/ops/messages?after=100&limit=60']);
});

test('500 messages scroll back to the first, without a gap or a repeat', async () => {
  const { history } = kept(1, 500);
  let all = ids(await history.open(500));

  while (!history.reachesBegin) {
    all = [...ids(await history.older()), ...all];
  }

  assert.deepEqual(all, ids(range(1, 500)));
  assert.deepEqual([...history.messages.keys()].sort((a, b) => a - b), all);
  assert.deepEqual(await history.older(), []);
});

test('500 messages scroll forward to the last, without a gap or a repeat', async () => {
  const { history } = kept(1, 500);
  let all = ids(await history.open(0));

  while (!history.reachesEnd) {
    all = [...all, ...ids(await history.newer())];
  }

  assert.deepEqual(all, ids(range(1, 500)));
  assert.deepEqual(await history.newer(), []);
});

test('takes only messages that follow its last', async () => {
  const { history } = kept(1, 5);
  await history.open(5);

  assert.deepEqual(ids(history.append(range(4, 7))), [6, 7]);
  assert.deepEqual(ids(history.append(range(9, 9))), []);
  assert.equal(history.last, 7);
});

test('takes nothing before it is open', () => {
  assert.deepEqual(kept(1, 5).history.append(range(6, 6)), []);
});

test('loads one page at a time', async () => {
  const api = new FakeApi();
  const history = new History(api, { id: 'ops', first_id: 1, last_id: 500 });
  const open = history.open(200);
  api.calls[0].answer({ messages: range(141, 200), first_id: 1, last_id: 500 });
  api.calls[1].answer({ messages: range(201, 260), first_id: 1, last_id: 500 });
  await open;

  const older = history.older();

  assert.deepEqual(await history.older(), []);
  assert.deepEqual(await history.newer(), []);
  api.last.fail(new Error('offline'));
  await assert.rejects(older);
  const again = history.older();
  api.last.answer({ messages: range(81, 140), first_id: 1, last_id: 500 });
  assert.deepEqual(ids(await again), ids(range(81, 140)));
});

test('reaches its beginning where older messages are no longer kept', async () => {
  const { group, server, history } = kept(1, 200);
  await history.open(200);
  assert.equal(history.reachesBegin, false);
  server.first = 201;

  const older = await history.older();

  assert.deepEqual(older, []);
  assert.equal(group.first_id, 201);
  assert.equal(history.reachesBegin, true);
});

test('of a group whose messages are all gone it has none, and takes the next', async () => {
  const { history } = kept(4, 3);

  assert.deepEqual(await history.open(0), []);

  assert.equal(history.reachesBegin, true);
  assert.deepEqual(ids(history.append(range(4, 4))), [4]);
  assert.deepEqual([history.first, history.last], [4, 4]);
});

test('reaches its beginning where the server has nothing before it, whatever the group said', async () => {
  const api = new InstantApi(() => ({ messages: [], last_id: 9 }));
  const history = new History(api, { id: 'ops', last_id: 9, first_id: 1 });

  await history.open(9);

  assert.equal(history.reachesBegin, true);
});

test('is cut off where the message after its last is no longer kept', async () => {
  const { group, server, history } = kept(1, 250);
  await history.open(0);
  assert.equal(history.isCutOff, false);
  Object.assign(server, { first: 251, last: 252 });

  assert.deepEqual(await history.newer(), []);

  assert.equal(history.isCutOff, true);
  assert.equal(group.last_id, 252);
  group.first_id = 61;
  assert.equal(history.isCutOff, false, 'the next message is the first one kept');
});

test('learns of later messages, and of nothing older, from its pages', async () => {
  const { group, history } = kept(1, 200, { last_id: 150, first_id: 10 });

  await history.open(100);

  assert.equal(group.last_id, 200);
  assert.equal(group.first_id, 10);
});

test('a history whose last message the server still has goes on', async () => {
  const { api, history } = kept(1, 5);
  await history.open(5);
  api.answer = () => ({ ...history.messages.get(5) });

  const check = history.check();
  assert.deepEqual(history.append(range(6, 6)), [], 'none until it is known');

  assert.equal(await check, true);
  assert.equal(history.isOpen, true);
  assert.deepEqual(ids(history.append(range(6, 6))), [6]);
});

test('a history of another last message, or of one that is gone, takes no more messages', async () => {
  for (const answer of [() => ({ id: 5, sent_at: 'later' }), () => { throw new Error('404'); }]) {
    const { api, history } = kept(1, 5);
    await history.open(5);
    api.answer = answer;

    assert.equal(await history.check().catch(() => false), false);

    assert.equal(history.isOpen, false);
    assert.deepEqual(history.append(range(6, 6)), []);
  }
});
