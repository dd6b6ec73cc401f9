import { input, scrollIn, scrollOut, setFocus, setVisibility } from './support/browser.js';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ReadTracker } from '../../main/resources/web/conversation/read-tracker.js';
import { fakeClock } from './support/fake-clock.js';

const clock = fakeClock();

const open = [];
beforeEach(() => {
  open.splice(0).forEach(tracker => tracker.close());
  setVisibility('visible');
  setFocus(true);
});

/** A tracker that watches messages up to an id, and the ids that it has reported; `covered` are not in sight. */
function tracked(last) {
  const read = [];
  const covered = new Set();
  const tracker = new ReadTracker({}, ({ id }) => !covered.has(id), them => read.push(...them.map(({ id }) => id)));
  open.push(tracker);
  for (let id = 1; id <= last; id++) {
    tracker.watch({ id }, { id });
  }
  return { tracker, read, covered };
}

test('a message is read when it was on the screen for a second, and not before', async () => {
  const { read } = tracked(5);

  scrollIn(1, 2);
  await clock.pass(999);
  assert.deepEqual(read, []);
  await clock.pass(201);

  assert.deepEqual(read, [1, 2]);
});

test('a message that passes by in less than a second is not read, and two short stays do not add up', async () => {
  const { read } = tracked(3);

  for (let times = 0; times < 3; times++) {
    scrollIn(1);
    await clock.pass(900);
    scrollOut(1);
    await clock.pass(5_000);
  }

  assert.deepEqual(read, []);
});

test('a message is read wherever it stands, and those that were passed over are not', async () => {
  const { read } = tracked(200);

  scrollIn(199, 200);
  await clock.pass(1_200);

  assert.deepEqual(read, [199, 200]);
});

test('a hidden tab reads nothing, and a message needs its second once the tab is visible', async () => {
  const { read } = tracked(3);
  setVisibility('hidden');
  scrollIn(1, 2);
  await clock.pass(60_000);
  scrollOut(2);

  setVisibility('visible');
  await clock.pass(999);
  assert.deepEqual(read, []);
  await clock.pass(201);

  assert.deepEqual(read, [1]);
});

test('a visible tab without focus reads nothing, and a message needs its second once the tab has focus', async () => {
  const { read } = tracked(3);
  setFocus(false);
  scrollIn(1);
  await clock.pass(60_000);
  assert.deepEqual(read, []);

  setFocus(true);
  await clock.pass(999);
  assert.deepEqual(read, []);
  await clock.pass(201);

  assert.deepEqual(read, [1]);
});

for (const type of ['pointermove', 'pointerdown', 'wheel', 'keydown']) {
  test(`without focus, a ${type} shows for ten seconds that somebody looks`, async () => {
    const { read } = tracked(3);
    setFocus(false);
    await clock.pass(60_000);

    input(type);
    await clock.pass(8_000);
    scrollIn(1);
    await clock.pass(1_200);
    assert.deepEqual(read, [1]);
    scrollIn(2);
    await clock.pass(60_000);

    assert.deepEqual(read, [1]);
  });
}

test('a pointer that comes after ten seconds begins the second anew', async () => {
  const { read } = tracked(1);
  setFocus(false);
  input('pointermove');
  await clock.pass(9_500);
  scrollIn(1);
  await clock.pass(10_000);

  input('pointermove');
  await clock.pass(800);
  assert.deepEqual(read, []);
  await clock.pass(400);

  assert.deepEqual(read, [1]);
});

test('what something covers is not read before it was in sight for a second', async () => {
  const { read, covered } = tracked(2);
  covered.add(1);
  scrollIn(1, 2);
  await clock.pass(5_000);
  assert.deepEqual(read, [2]);

  covered.delete(1);
  await clock.pass(799);
  assert.deepEqual(read, [2]);
  await clock.pass(601);

  assert.deepEqual(read, [2, 1]);
});

test('who answers has read what is in sight, and nothing else', async () => {
  const { tracker, read, covered } = tracked(9);
  covered.add(5);
  scrollIn(3, 4, 5, 6);
  scrollOut(3);

  tracker.answered();

  assert.deepEqual(read, [4, 6]);
});

test('a message is read once', async () => {
  const { tracker, read } = tracked(1);
  scrollIn(1);
  tracker.answered();
  scrollOut(1);

  scrollIn(1);
  await clock.pass(10_000);

  assert.deepEqual(read, [1]);
});

test('once closed it reads nothing', async () => {
  const { tracker, read } = tracked(2);
  scrollIn(1);

  tracker.close();
  tracker.answered();
  await clock.pass(10_000);
  setFocus(false);
  setFocus(true);
  scrollIn(2);
  await clock.pass(10_000);

  assert.deepEqual(read, []);
});
