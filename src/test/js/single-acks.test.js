import './support/browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../main/resources/web/api.js';
import { SingleAcks } from '../../main/resources/web/single-acks.js';
import { FakeApi } from './support/fake-api.js';
import { fakeClock, settle } from './support/fake-clock.js';

const clock = fakeClock();

function connected() {
  const api = new FakeApi();
  const done = [];
  const acks = new SingleAcks(api, ack => done.push(ack.id));
  acks.connect();
  return { api, acks, done };
}

const paths = api => api.calls.map(({ path }) => path);

test('each message is acked by itself, one after the other', async () => {
  const { api, acks, done } = connected();

  acks.add('ops', 7);
  acks.add('ops', 9);
  await clock.pass(250);
  assert.deepEqual(paths(api), ['/groups/ops/messages/7/ack']);
  api.last.answer({});
  await settle();
  api.last.answer({});
  await settle();

  assert.deepEqual(paths(api), ['/groups/ops/messages/7/ack', '/groups/ops/messages/9/ack']);
  assert.deepEqual(done, [7, 9]);
});

test('an ack that fails is tried again', async () => {
  const { api, acks, done } = connected();
  acks.add('ops', 7);
  await clock.pass(250);

  api.last.fail(new Problem({}));
  await clock.pass(1_250);
  api.last.fail(new Problem({ status: 429 }, 5));
  await clock.pass(4_999);
  assert.equal(api.calls.length, 2);
  await clock.pass(1);
  api.last.answer({});
  await settle();

  assert.equal(api.calls.length, 3);
  assert.deepEqual(done, [7]);
});

test('an ack that the server refuses is given up', async () => {
  const { api, acks, done } = connected();
  acks.add('ops', 7);
  acks.add('dev', 1);
  await clock.pass(250);

  api.last.fail(new Problem({ status: 404, code: 'not_found' }));
  await settle();
  api.last.answer({});
  await clock.pass(10_000);

  assert.deepEqual(paths(api), ['/groups/ops/messages/7/ack', '/groups/dev/messages/1/ack']);
  assert.deepEqual(done, [1]);
});

test('nothing is sent without a connection, and nothing that was given up meanwhile', async () => {
  const { api, acks } = connected();
  acks.disconnect();
  acks.add('ops', 7);
  acks.add('ops', 9);
  acks.add('dev', 3);
  await clock.pass(60_000);
  assert.equal(api.calls.length, 0);

  acks.drop('dev');
  acks.drop('ops', 7);
  acks.connect();
  await clock.pass(250);

  assert.deepEqual(paths(api), ['/groups/ops/messages/9/ack']);
});
