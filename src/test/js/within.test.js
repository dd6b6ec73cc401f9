import './support/browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { within } from '../../main/resources/web/within.js';
import { fakeClock } from './support/fake-clock.js';

const clock = fakeClock();

/** Work that only ends by its signal. */
const never = signal => new Promise((resolve, reject) => {
  signal.addEventListener('abort', () => reject(signal.reason));
});

const nameOf = work => work.then(() => 'none', failure => failure.name);

test('work that takes too long ends, and says so', async () => {
  const name = nameOf(within(1_000, never));

  await clock.pass(1_000);

  assert.equal(await name, 'TimeoutError');
});

test('another signal ends the work', async () => {
  const other = new AbortController();
  const name = nameOf(within(1_000, never, other.signal));

  other.abort();

  assert.equal(await name, 'AbortError');
});

test('work that is done is not touched', async () => {
  let signal;

  const result = await within(1_000, async until => {
    signal = until;
    return 'done';
  });
  await clock.pass(1_000);

  assert.equal(result, 'done');
  assert.equal(signal.aborted, false);
});
