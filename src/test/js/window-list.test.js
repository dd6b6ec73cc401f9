import './support/browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexAfter, rowsNear } from '../../main/resources/web/window-list.js';

test('of 10,000 rows only those near the window are built', () => {
  assert.deepEqual(rowsNear(0, 40, 10_000), { from: 0, to: 20 });
  assert.deepEqual(rowsNear(40 * 5_000, 40, 10_000), { from: 4_988, to: 5_020 });
  assert.deepEqual(rowsNear(40 * 9_994, 40, 10_000), { from: 9_982, to: 10_000 });
});

test('a short list is built whole', () => {
  assert.deepEqual(rowsNear(0, 40, 3), { from: 0, to: 3 });
  assert.deepEqual(rowsNear(0, 40, 0), { from: 0, to: 0 });
});

test('a list that became shorter than its scroll position has no rows from beyond its end', () => {
  assert.deepEqual(rowsNear(4_000, 40, 10), { from: 10, to: 10 });
});

const items = (...ids) => ids.map(id => ({ id }));
const place = (before, index, after) => indexAfter(before, index, after, ({ id }) => id);

test('the first row in the window is found again after others came or went', () => {
  assert.equal(place(items('a', 'b', 'c'), 2, items('b', 'c')), 1);
  assert.equal(place(items('a', 'b', 'c'), 2, items('x', 'a', 'b', 'c')), 3);
});

test('where the first row in the window goes, the next one takes its place', () => {
  assert.equal(place(items('a', 'b', 'c', 'd'), 1, items('a', 'd')), 1);
  assert.equal(place(items('a', 'b'), 1, items('a')), 1);
});
