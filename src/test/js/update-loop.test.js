import { goOnline } from './support/browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../main/resources/web/api.js';
import { fakeClock, settle } from './support/fake-clock.js';
import { connected, running, update } from './support/loops.js';

const clock = fakeClock();
const message = id => ({ group: 'ops', id });

test('the first poll does not wait, and the next ones do, from the last position', async () => {
  const { api, events } = running();
  assert.deepEqual(api.last.body, { ack: {}, timeout: 0, limit: 500 });

  api.last.answer(update('s1'));
  await settle();

  assert.deepEqual(api.last.body, { since: 's1', ack: {}, timeout: 25, limit: 500 });
  assert.equal(api.last.path, '/updates');
  assert.deepEqual(events, ['up', 'update']);
});

test('after messages the next poll waits a moment for others, unless there are more', async () => {
  const { api } = await connected();
  api.last.answer(update('s2', { messages: [message(1)], more: true }));
  await settle();
  assert.equal(api.last.body.since, 's2');

  api.last.answer(update('s3', { messages: [message(2)] }));
  await clock.pass(119);
  assert.equal(api.last.body.since, 's2');
  await clock.pass(1);

  assert.equal(api.last.body.since, 's3');
});

test('after a failure it tries again, first without waiting, and tells when it is connected', async () => {
  const { api, events } = await connected();
  api.last.fail(new Problem({}));
  await settle();
  assert.deepEqual(events, ['up', 'update', 'down']);

  await clock.pass(625);
  assert.deepEqual(api.last.body, { since: 's1', ack: {}, timeout: 0, limit: 500 });
  api.last.answer(update('s2'));
  await settle();

  assert.deepEqual(events, ['up', 'update', 'down', 'up', 'update']);
  assert.equal(api.last.body.timeout, 25);
});

test('an ack outlives a failure', async () => {
  const { api, updates } = await connected();
  updates.ack('ops', 3);
  await clock.pass(1_000);

  api.last.fail(new Problem({}));
  await clock.pass(625);

  assert.deepEqual(api.last.body.ack, { ops: 3 });
});

test('it waits longer after each failure, but never much longer than 15 seconds', async () => {
  const { api } = running();
  const pauses = [];
  for (let failures = 0; failures < 8; failures++) {
    const before = api.calls.length;
    api.last.fail(new Problem({}));
    let millis = 0;
    for (; api.calls.length === before; millis += 25) {
      await clock.pass(25);
    }
    pauses.push(millis);
  }

  pauses.forEach((pause, i) => {
    const middle = Math.min(15_000, 500 * 2 ** i);
    assert.ok(pause >= 0.75 * middle && pause <= 1.25 * middle + 25, `pause ${i}: ${pause}`);
  });
});

test('it waits as long as the server asks for', async () => {
  const { api } = await connected();

  api.last.fail(new Problem({ status: 429, code: 'rate_limited', detail: 'slow down' }, 30));
  await clock.pass(29_999);
  assert.equal(api.calls.length, 2);
  await clock.pass(1);

  assert.equal(api.calls.length, 3);
});

test('it tries at once when the browser is online again', async () => {
  const { api } = await connected();
  api.last.fail(new Problem({}));
  await settle();

  goOnline();
  await settle();

  assert.equal(api.calls.length, 3);
});

test('a position that the server no longer knows is given up, and so are the acks', async () => {
  const { api, updates } = await connected();
  updates.ack('ops', 3);
  await clock.pass(1_000);

  api.last.fail(new Problem({ status: 422, field: 'since', detail: 'no such position' }));
  await clock.pass(625);

  assert.deepEqual(api.last.body, { ack: {}, timeout: 0, limit: 500 });
});

test('after a position that the server no longer knows it tells of a new start, before the answer', async () => {
  const { api, updates, events } = await connected();
  api.last.fail(new Problem({ status: 422, field: 'since', detail: 'no such position' }));
  await settle();
  updates.ack('ops', 4);
  await clock.pass(5_000);
  assert.deepEqual(api.last.body, { ack: {}, timeout: 0, limit: 500 }, 'no ack without a position');

  api.last.answer(update('s9'));
  await settle();

  assert.deepEqual(events, ['up', 'update', 'down', 'restart', 'up', 'update']);
  assert.deepEqual(api.last.body, { since: 's9', ack: {}, timeout: 25, limit: 500 });
});

test('acks that the server refuses are given up, and the position stays', async () => {
  const { api, updates } = await connected();
  updates.ack('ops', 3);
  await clock.pass(1_000);

  api.last.fail(new Problem({ status: 422, field: 'ack.ops', detail: 'beyond the last' }));
  await clock.pass(625);

  assert.deepEqual(api.last.body, { since: 's1', ack: {}, timeout: 0, limit: 500 });
});

test('a failure that comes with its end is not told of', async () => {
  const { api, updates, events } = await connected();

  api.last.fail(new Problem({}));
  updates.end();
  await settle();

  assert.deepEqual(events, ['up', 'update']);
});

test('once ended it asks no more, and tells of no failure', async () => {
  const { api, updates, events } = await connected();

  updates.end();
  await clock.pass(60_000);

  assert.equal(api.last.signal.aborted, true);
  assert.equal(api.calls.length, 2);
  assert.deepEqual(events, ['up', 'update']);
});
