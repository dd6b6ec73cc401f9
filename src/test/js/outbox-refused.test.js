import './support/browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../main/resources/web/api.js';
import { fakeClock, settle } from './support/fake-clock.js';
import { answer, fail, openPage, OPS } from './support/outboxes.js';

const MINUTE = 60_000;
const clock = fakeClock();

test('a token that is refused leaves the text for the next sign-in', async () => {
  const before = openPage();
  before.outbox.send(OPS, 'hello');

  await fail(before.api, new Problem({ status: 401, code: 'unauthorized' }));
  await clock.pass(MINUTE);

  assert.equal(before.api.calls.length, 1);
  const { api, texts } = openPage(before.user);
  assert.deepEqual(texts('ops'), ['hello']);
  assert.equal(api.calls.length, 1);
});

test('a refused text is a draft again, before what was written since, and the next text is sent', async () => {
  const { outbox, session, api, events, texts } = openPage();
  outbox.send(OPS, 'too long');
  outbox.send(OPS, 'short');
  session.drafts.keep('ops', 'half a thou');

  await fail(api, new Problem({ status: 413, code: 'too_large', reason: 'too_large', limit: 7 }));
  const { text, why } = session.drafts.of('ops');
  assert.equal(text, 'too long\n\nhalf a thou');
  assert.match(why, /at most 7 bytes/);
  await answer(api, { id: 1 });

  assert.deepEqual(texts('ops'), []);
  assert.deepEqual(events, [['refused', 'ops', 'too_large'], ['sent', 1]]);
});

test('a group that refuses its member gives all texts back in their order', async () => {
  const { outbox, session, api, events, texts } = openPage();
  outbox.send(OPS, 'one');
  outbox.send(OPS, 'two');

  await fail(api, new Problem({ status: 404, code: 'not_found', reason: 'no_group' }));
  await clock.pass(MINUTE);

  assert.equal(session.drafts.of('ops').text, 'one\n\ntwo');
  assert.deepEqual(texts('ops'), []);
  assert.equal(api.calls.length, 1);
  assert.deepEqual(events, [['refused', 'ops', 'not_found']]);
});

test('a text is not sent to another group that has the same id', async () => {
  const before = openPage();
  before.outbox.send({ ...OPS, created_at: 't0' }, 'for the old members');
  before.outbox.close();

  const { session, api } = openPage(before.user);
  await settle();

  assert.equal(api.calls.length, 0);
  assert.equal(session.drafts.of('ops').text, 'for the old members');
});

test('an answer after the sign-out does not touch what the next page keeps', async () => {
  const before = openPage();
  before.outbox.send(OPS, 'one');
  before.outbox.close();
  const after = openPage(before.user);
  after.outbox.send(OPS, 'two');

  await answer(before.api, { id: 1 });

  assert.deepEqual(openPage(before.user).texts('ops'), ['one', 'two']);
});
