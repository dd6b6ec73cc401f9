import './support/browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../main/resources/web/api.js';
import { fakeClock, settle } from './support/fake-clock.js';
import { connected, running, update } from './support/loops.js';

const clock = fakeClock();

test('an ack ends the poll after a second, and the next poll carries it', async () => {
  const { api, updates } = await connected();
  updates.ack('ops', 3);
  await clock.pass(999);
  assert.equal(api.calls.length, 2);

  await clock.pass(1);

  assert.equal(api.calls.length, 3);
  assert.deepEqual(api.last.body, { since: 's1', ack: { ops: 3 }, timeout: 25, limit: 500 });
});

test('acks within a second go together, the highest of each group', async () => {
  const { api, updates } = await connected();

  updates.ack('ops', 3);
  updates.ack('dev', 1);
  updates.ack('ops', 5);
  updates.ack('ops', 4);
  await clock.pass(2_000);

  assert.equal(api.calls.length, 3);
  assert.deepEqual(api.last.body.ack, { ops: 5, dev: 1 });
});

test('an ack is sent again until an answer takes it, and then no more', async () => {
  const { api, updates } = await connected();
  updates.ack('ops', 3);
  await clock.pass(1_000);
  updates.ack('dev', 1);
  await clock.pass(1_000);
  assert.deepEqual(api.last.body.ack, { ops: 3, dev: 1 });

  api.last.answer(update('s2'));
  await settle();

  assert.deepEqual(api.last.body.ack, {});
});

test('an ack that grew while it was on its way is sent once more', async () => {
  const { api, updates } = await connected();
  updates.ack('ops', 3);
  await clock.pass(1_000);
  updates.ack('ops', 4);

  api.last.answer(update('s2'));
  await settle();

  assert.deepEqual(api.last.body.ack, { ops: 4 });
});

test('an ack that the poll carries already does not end it', async () => {
  const { api, updates } = await connected();
  updates.ack('ops', 3);
  api.last.answer(update('s2'));
  await settle();
  assert.deepEqual(api.last.body.ack, { ops: 3 });

  await clock.pass(1_000);

  assert.equal(api.calls.length, 3);
});

test('the acks on their way are told of', async () => {
  const { api, updates } = await connected();
  const told = [];
  updates.addEventListener('acks', ({ detail }) => told.push(detail));

  updates.ack('ops', 3);
  await clock.pass(1_000);

  assert.deepEqual(told, [{ ops: 3 }]);
  assert.equal(api.last.signal.aborted, false);
});

for (const fate of ['left', 'resync']) {
  test(`acks in a group that is in ${fate} are given up: their ids may mean other messages`, async () => {
    const { api, updates } = await connected();
    const waiting = api.last;
    updates.ack('ops', 3);
    updates.ack('dev', 1);
    updates.ackOne('ops', 9);
    updates.ackOne('dev', 8);

    waiting.answer(update('s2', { [fate]: ['ops'] }));
    await clock.pass(250);

    assert.deepEqual(api.calls.slice(2).map(({ path, body }) => [path, body?.ack]),
      [['/updates', { dev: 1 }], ['/groups/dev/messages/8/ack', undefined]]);
  });
}

test('a single ack is not sent once the cursor has passed its message', async () => {
  const { api, updates } = await connected();

  updates.ackOne('ops', 3);
  updates.ackOne('ops', 5);
  updates.ack('ops', 4);
  await clock.pass(250);

  assert.equal(api.last.path, '/groups/ops/messages/5/ack');
});

test('single acks wait while the connection is lost', async () => {
  const { api, updates } = await connected();
  api.last.fail(new Problem({}));
  await settle();
  updates.ackOne('ops', 5);
  await clock.pass(300);
  assert.equal(api.calls.length, 2);

  await clock.pass(325);
  api.last.answer(update('s1'));
  await clock.pass(250);

  assert.equal(api.last.path, '/groups/ops/messages/5/ack');
});

test('an ack waits for the first answer, whose position says which message it means', async () => {
  const { api, updates } = running();
  updates.ack('ops', 3);
  await clock.pass(5_000);
  assert.equal(api.calls.length, 1);
  assert.deepEqual(api.last.body.ack, {});

  api.last.answer(update('s1'));
  await settle();

  assert.deepEqual(api.last.body.ack, { ops: 3 });
});
