import { element } from './support/elements.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Viewport } from '../../main/resources/web/conversation/viewport.js';
import { fakeClock, settle } from './support/fake-clock.js';

const clock = fakeClock();

/** A viewport 400 pixels high over so many pixels of messages; `loads` are the ends at which it asked for more. */
function viewport(scrollHeight, scrollTop, { older = [], newer = [] } = {}) {
  const loads = [];
  const load = (end, answers) => {
    loads.push(end);
    return Promise.resolve(answers.shift() ?? false);
  };
  const shown = new Viewport({
    scrolled: () => {},
    goToEnd: () => {},
    loadOlder: () => load('older', older),
    loadNewer: () => load('newer', newer),
  });
  Object.assign(shown.root, { clientHeight: 400, scrollHeight, scrollTop });
  return { shown, loads };
}

function scrollTo({ root }, scrollTop) {
  root.scrollTop = scrollTop;
  root.dispatchEvent(new Event('scroll'));
}

/** A message comes that adds 100 pixels. */
function grow(shown) {
  shown.append([element()]);
  shown.root.scrollHeight += 100;
}

test('at the end it follows new messages', () => {
  const { shown } = viewport(2000, 1600);

  grow(shown);
  shown.follow();

  assert.equal(shown.root.scrollTop, 1700);
});

test('away from the end it stays where it is', () => {
  const { shown } = viewport(2000, 1600);
  scrollTo(shown, 500);

  grow(shown);
  shown.follow();

  assert.equal(shown.root.scrollTop, 500);
});

test('back at the end it follows again, even before the event that reports it', () => {
  const { shown } = viewport(2000, 1600);
  scrollTo(shown, 500);
  shown.scrollToEnd();

  grow(shown);
  shown.follow();

  assert.equal(shown.root.scrollTop, 1700);
});

test('it follows no further than to the first unread message', () => {
  const { shown } = viewport(2000, 1600);

  grow(shown);
  shown.follow(element({ offsetTop: 1624 }));

  assert.equal(shown.root.scrollTop, 1600);
});

test('what is on the screen stays there when older messages come above it', () => {
  const { shown } = viewport(2000, 300);

  shown.prepend([element()], () => { shown.root.scrollHeight += 700; });

  assert.equal(shown.root.scrollTop, 1000);
});

test('a message is shown with a little of what is above it', () => {
  const { shown } = viewport(2000, 0);

  shown.scrollTo(element({ offsetTop: 900 }));
  assert.equal(shown.root.scrollTop, 800);
  shown.scrollTo(undefined);

  assert.equal(shown.root.scrollTop, 2000);
});

test('near an end it loads more until nothing comes', async () => {
  const { shown, loads } = viewport(900, 0, { older: [true, true], newer: [true] });

  await shown.fill();

  assert.deepEqual(loads, ['older', 'newer', 'older', 'newer', 'older', 'newer']);
});

test('far from its ends it loads nothing', async () => {
  const { shown, loads } = viewport(5000, 2500);

  await shown.fill();

  assert.deepEqual(loads, []);
});

test('many scroll events load once', async () => {
  const { shown, loads } = viewport(5000, 2500);

  scrollTo(shown, 300);
  scrollTo(shown, 200);
  await clock.pass(100);
  await settle();

  assert.deepEqual(loads, ['older']);
});

test('the button to the end is there away from the end, or where the end is not on the page', () => {
  const { shown } = viewport(2000, 1600);
  const [, down] = shown.element.children;

  shown.draw('', 0, true);
  assert.equal(down.hidden, true);
  shown.draw('', 3, false);
  assert.equal(down.hidden, false);
  scrollTo(shown, 500);
  shown.draw('', 0, true);
  assert.equal(down.hidden, false);
});
