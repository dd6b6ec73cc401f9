import { scrollIn, scrollOut, setVisibility } from './support/browser.js';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ReadTracker } from '../../main/resources/web/conversation/read-tracker.js';

/** A tracker that watches messages up to an id, and all that it has reported. */
function tracked(last, upto = 0) {
  const acks = [];
  const tracker = new ReadTracker({}, upto, id => acks.push(id));
  for (let id = 1; id <= last; id++) {
    tracker.watch({ dataset: {} }, id);
  }
  return { tracker, acks };
}

beforeEach(() => setVisibility('visible'));

test('what is on the screen is read', () => {
  const { tracker, acks } = tracked(5);

  scrollIn(1, 2);

  assert.deepEqual(acks, [2]);
  assert.equal(tracker.upto, 2);
});

test('what was not scrolled to is not read', () => {
  const { acks } = tracked(40);

  scrollIn(1, 2, 3);
  scrollOut(1);
  scrollIn(4);

  assert.deepEqual(acks, [3, 4]);
});

test('a jump to the end leaves what was passed over unread', () => {
  const { acks } = tracked(200);
  scrollIn(1, 2);

  scrollOut(1, 2);
  scrollIn(199, 200);

  assert.deepEqual(acks, [2]);
});

test('what was read out of order counts once all before it is read', () => {
  const { acks } = tracked(5);

  scrollIn(3, 4);
  scrollIn(2);
  assert.deepEqual(acks, []);
  scrollIn(1);

  assert.deepEqual(acks, [4]);
});

test('a hidden tab reads nothing until it is visible', () => {
  const { acks } = tracked(3);
  setVisibility('hidden');

  scrollIn(1);
  scrollIn(2);
  assert.deepEqual(acks, []);
  setVisibility('visible');

  assert.deepEqual(acks, [2]);
});

test('what left the screen of a hidden tab is not read when it is visible', () => {
  const { acks } = tracked(3);
  setVisibility('hidden');
  scrollIn(1, 2);
  scrollOut(2);

  setVisibility('visible');

  assert.deepEqual(acks, [1]);
});

test('a message that the user has sent is read', () => {
  const { tracker, acks } = tracked(2);
  scrollIn(1, 2);

  tracker.markRead(3);

  assert.deepEqual(acks, [2, 3]);
});

test('a message that the user has sent does not read those before it', () => {
  const { tracker, acks } = tracked(2);

  tracker.markRead(3);
  assert.deepEqual(acks, []);
  scrollIn(1, 2);

  assert.deepEqual(acks, [3]);
});

test('messages that are no longer kept count as read, and what follows them goes on', () => {
  const { tracker, acks } = tracked(12);
  scrollIn(11);

  tracker.skipTo(10);

  assert.equal(tracker.upto, 11);
  assert.equal(acks.at(-1), 11);
});

test('a cursor never goes back', () => {
  const { tracker, acks } = tracked(5, 4);

  tracker.skipTo(2);
  tracker.markRead(3);
  scrollIn(1);

  assert.deepEqual(acks, []);
  assert.equal(tracker.upto, 4);
});

test('once closed it reads nothing', () => {
  const { tracker, acks } = tracked(2);
  setVisibility('hidden');
  scrollIn(1);

  tracker.close();
  setVisibility('visible');
  scrollIn(2);

  assert.deepEqual(acks, []);
});
