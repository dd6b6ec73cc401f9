import './support/browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../main/resources/web/api.js';
import { goOnline } from './support/browser.js';
import { fakeClock, settle } from './support/fake-clock.js';
import { answer, DEV, fail, openPage, OPS } from './support/outboxes.js';

const AWAY = new Problem();
const MINUTE = 60_000;
const clock = fakeClock();

test('a text is on its way until the server has it', async () => {
  const { outbox, api, events, texts } = openPage();

  outbox.send(OPS, 'hello');
  assert.deepEqual(texts('ops'), ['hello']);
  assert.equal(api.last.path, '/groups/ops/messages');
  assert.equal(api.last.body.text, 'hello');
  await answer(api, { id: 7 });

  assert.deepEqual(texts('ops'), []);
  assert.deepEqual(events, [['sent', 7]]);
});

test('a text that fails is sent again by itself with the same client_id, less and less often', async () => {
  const { outbox, api, events } = openPage();
  outbox.send(OPS, 'hello');
  for (const pause of [1, 2, 4, 8, 15, 15]) {
    await fail(api, AWAY);
    const calls = api.calls.length;
    await clock.pass(pause * 740);
    assert.equal(api.calls.length, calls, `not before ${pause} s`);
    await clock.pass(pause * 520);
    assert.equal(api.calls.length, calls + 1, `after ${pause} s`);
  }
  await answer(api, { id: 1 });

  assert.equal(new Set(api.calls.map(({ body }) => body.client_id)).size, 1);
  assert.match(api.last.body.client_id, /^[0-9a-f]{32}$/);
  assert.deepEqual(events, [['sent', 1]]);
});

test('a server that says when to try again is asked then', async () => {
  const { outbox, api } = openPage();
  outbox.send(OPS, 'hello');

  await fail(api, new Problem({ status: 429, code: 'rate_limited' }, 60));
  await clock.pass(MINUTE - 1);
  assert.equal(api.calls.length, 1);
  await clock.pass(1);

  assert.equal(api.calls.length, 2);
});

test('the texts of a group keep their order, and each has a client_id', async () => {
  const { outbox, api, events } = openPage();
  ['one', 'two', 'three'].forEach(text => outbox.send(OPS, text));

  await fail(api, AWAY);
  await clock.pass(MINUTE);
  for (let id = 1; id <= 3; id++) {
    await answer(api, { id });
  }

  assert.deepEqual(api.calls.map(({ body }) => body.text), ['one', 'one', 'two', 'three']);
  assert.equal(new Set(api.calls.map(({ body }) => body.client_id)).size, 3);
  assert.deepEqual(events.map(([, id]) => id), [1, 2, 3]);
});

test('a group does not wait for another', async () => {
  const { outbox, api, texts } = openPage();
  outbox.send(OPS, 'one');
  await fail(api, AWAY);

  outbox.send(DEV, 'two');
  await answer(api, { id: 1 });

  assert.deepEqual([texts('ops'), texts('dev')], [['one'], []]);
});

test('a network that is back ends the pause', async () => {
  const { outbox, api } = openPage();
  outbox.send(OPS, 'hello');
  await fail(api, AWAY);

  goOnline();
  await settle();

  assert.equal(api.calls.length, 2);
});

test('a text survives a reload, with its client_id', async () => {
  const before = openPage();
  before.outbox.send(OPS, 'one');
  before.outbox.send(OPS, 'two');
  before.outbox.close();

  const { api, events, texts } = openPage(before.user);
  assert.deepEqual(texts('ops'), ['one', 'two']);
  await answer(api, { id: 1 });
  await answer(api, { id: 2 });

  assert.equal(api.calls[0].body.client_id, before.api.calls[0].body.client_id);
  assert.deepEqual(events, [['sent', 1], ['sent', 2]]);
  assert.deepEqual(openPage(before.user).texts('ops'), []);
});

test('a text of one user is not sent by another', async () => {
  openPage().outbox.send(OPS, 'mine');

  const other = openPage();

  assert.deepEqual(other.texts('ops'), []);
  assert.equal(other.api.calls.length, 0);
});
