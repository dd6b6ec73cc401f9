import './support/browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReceiptCounts } from '../../main/resources/web/conversation/receipt-counts.js';
import { InstantApi } from './support/fake-api.js';
import { fakeClock } from './support/fake-clock.js';

const clock = fakeClock();

/** The counts of a group whose page has these messages; `asked` is what was asked of the server. */
function counts({ first = 1, last = 100, receipts = 'sender', answer } = {}) {
  const asked = [];
  const shown = [];
  const api = new InstantApi(async path => {
    const [, from, to] = /^\/groups\/ops\/receipts\?from=(\d+)&to=(\d+)$/.exec(path);
    asked.push([Number(from), Number(to)]);
    return answer?.() ?? { receipts: [{ id: Number(from), recipients: 2, read: 1, unread: 1 }] };
  });
  const session = { api, me: { id: 'ann' } };
  const group = { id: 'ops', receipts };
  return { asked, shown, counts: new ReceiptCounts(session, group, () => ({ first, last }), each => shown.push(each)) };
}

test('many reads make one request for all that they cover', async () => {
  const { asked, shown, counts: of } = counts();

  of.touch(5, 7);
  of.touch(2, 3);
  await clock.pass(200);
  of.touch(9, 9);
  assert.deepEqual(asked, []);
  await clock.pass(50);

  assert.deepEqual(asked, [[2, 9]]);
  assert.deepEqual(shown, [{ id: 2, recipients: 2, read: 1, unread: 1 }]);
});

test('what was counted is not counted again', async () => {
  const { asked, counts: of } = counts();
  of.touch(5, 7);
  await clock.pass(250);

  of.touch(8, 8);
  await clock.pass(250);

  assert.deepEqual(asked, [[5, 7], [8, 8]]);
});

test('only messages on the page are counted', async () => {
  const { asked, counts: of } = counts({ first: 10, last: 20 });

  of.touch(1, 12);
  await clock.pass(250);
  of.touch(1, 9);
  await clock.pass(250);
  of.touch();
  await clock.pass(250);

  assert.deepEqual(asked, [[10, 12], [10, 20]]);
});

test('more than 1000 messages take more than one request', async () => {
  const { asked, counts: of } = counts({ last: 2500 });

  of.touch();
  await clock.pass(250);

  assert.deepEqual(asked, [[1, 1000], [1001, 2000], [2001, 2500]]);
});

test('a failure leaves the counts as they are', async () => {
  const { shown, counts: of } = counts({ answer: () => Promise.reject(new Error('offline')) });

  of.touch();
  await clock.pass(250);

  assert.deepEqual(shown, []);
});

const policies = [
  { receipts: 'sender', sender: 'ann', expected: [[4, 4]] },
  { receipts: 'sender', sender: 'bob', expected: [] },
  { receipts: 'members', sender: 'bob', expected: [[4, 4]] },
  { receipts: 'off', sender: 'ann', expected: [] },
];
for (const { receipts, sender, expected } of policies) {
  test(`under ${receipts}, a message of ${sender} is counted for ann ${expected.length} times`, async () => {
    const { asked, counts: of } = counts({ receipts });

    of.added({ id: 4, sender });
    await clock.pass(250);

    assert.deepEqual(asked, expected);
  });
}

test('a message that came with its counts, or whose receipts are archived, is not counted', async () => {
  const { asked, counts: of } = counts();

  of.added({ id: 4, sender: 'ann', recipients: 2 });
  of.added({ id: 5, sender: 'ann', archived: true });
  await clock.pass(250);

  assert.deepEqual(asked, []);
});

test('the reads of the user count where every member sees the receipts', async () => {
  const { asked, counts: of } = counts({ receipts: 'members' });

  of.acked(3);
  await clock.pass(250);
  of.acked(3);
  await clock.pass(250);
  of.acked(5);
  await clock.pass(250);

  assert.deepEqual(asked, [[1, 3], [4, 5]]);
});

test('the reads of the user change nothing that a sender sees', async () => {
  const { asked, counts: of } = counts({ receipts: 'sender' });

  of.acked(3);
  await clock.pass(250);

  assert.deepEqual(asked, []);
});
