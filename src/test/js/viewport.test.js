import { resize } from './support/browser.js';
import { element } from './support/elements.js';
import { arrive, atEnd, change, grow, layOut, scrollTo, viewport } from './support/viewports.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeClock, settle } from './support/fake-clock.js';

const clock = fakeClock();

test('who stands at the end stays there when messages come', () => {
  const it = viewport(20, 1600);

  arrive(it, 3);

  assert.ok(atEnd(it));
});

test('who stands elsewhere stays there when messages come', () => {
  const it = viewport(20, 1600);
  scrollTo(it, 500);

  arrive(it, 3);

  assert.equal(it.shown.root.scrollTop, 500);
});

test('who was never at the end is not taken there', () => {
  const it = viewport(20, 0);

  arrive(it, 1);
  resize();

  assert.equal(it.shown.root.scrollTop, 0);
});

test('back at the end it follows again, even before the event that reports it', () => {
  const it = viewport(20, 500);
  it.shown.root.scrollTop = 1600;

  arrive(it, 1);

  assert.ok(atEnd(it));
});

test('who stands at the end stays there when something opens, or when the screen gets smaller', () => {
  const it = viewport(20, 1600);

  change(it, 19, 400);
  assert.ok(atEnd(it));
  it.shown.root.clientHeight = 150;
  resize();

  assert.equal(it.shown.root.scrollTop, it.shown.root.scrollHeight);
});

test('a scroll event that comes late does not take the user from the end', () => {
  const it = viewport(20, 1600);

  it.heights[19] = 400;
  layOut(it);
  it.shown.root.dispatchEvent(new Event('scroll'));
  resize();

  assert.ok(atEnd(it));
});

test('where the browser scrolls because the screen gets larger, the user stays at the end', () => {
  const it = viewport(20, 1600);

  it.shown.root.clientHeight = 500;
  scrollTo(it, 1500);
  it.shown.root.clientHeight = 400;
  it.shown.root.dispatchEvent(new Event('scroll'));
  resize();

  assert.ok(atEnd(it));
});

test('who scrolls up from the end stays there', () => {
  const it = viewport(20, 1600);

  scrollTo(it, 1550);
  resize();

  assert.equal(it.shown.root.scrollTop, 1550);
});

test('what is on the screen stays there when something above it opens or closes', () => {
  const it = viewport(20, 830);

  change(it, 2, 350);
  assert.equal(it.shown.root.scrollTop, 1080);
  change(it, 2, 100);
  assert.equal(it.shown.root.scrollTop, 830);
  change(it, 15, 350);
  assert.equal(it.shown.root.scrollTop, 830);
});

test('what is on the screen stays there when something comes above the conversation', () => {
  const it = viewport(20, 830);

  Object.assign(it.shown.root, { rect: { top: 40, bottom: 400 }, clientHeight: 360 });
  resize();
  assert.equal(it.shown.root.scrollTop, 870);
  Object.assign(it.shown.root, { rect: { top: 0, bottom: 400 }, clientHeight: 400 });
  resize();

  assert.equal(it.shown.root.scrollTop, 830);
});

test('messages that were loaded on the way to the end do not move what is on the screen', () => {
  const it = viewport(20, 0);
  it.shown.draw('', 0, false);
  scrollTo(it, 1600);

  grow(it, 20);
  it.shown.draw('', 0, true);
  resize();

  assert.equal(it.shown.root.scrollTop, 1600);
});

test('what is on the screen stays there when older messages come above it', () => {
  const it = viewport(20, 300);

  it.shown.prepend([element(), element()], () => layOut(it));
  resize();

  assert.equal(it.shown.root.scrollTop, 500);
});

test('a message is shown with a little of what is above it', () => {
  const it = viewport(20, 0);

  it.shown.scrollTo(it.list.children[9]);
  assert.equal(it.shown.root.scrollTop, 800);
  it.shown.scrollTo(undefined);

  assert.ok(atEnd(it));
});

test('near an end it loads more until nothing comes', async () => {
  const { shown, loads } = viewport(9, 0, { older: [true, true], newer: [true] });

  await shown.fill();

  assert.deepEqual(loads, ['older', 'newer', 'older', 'newer', 'older', 'newer']);
});

test('far from its ends it loads nothing', async () => {
  const { shown, loads } = viewport(50, 2500);

  await shown.fill();

  assert.deepEqual(loads, []);
});

test('many scroll events load once', async () => {
  const it = viewport(50, 2500);

  scrollTo(it, 300);
  scrollTo(it, 200);
  await clock.pass(100);
  await settle();

  assert.deepEqual(it.loads, ['older']);
});
