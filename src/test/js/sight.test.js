import { element } from './support/elements.js';
import { scrollTo, viewport } from './support/viewports.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeClock } from './support/fake-clock.js';

fakeClock();

test('the button to the end is there whenever the end is out of sight', () => {
  const it = viewport(20, 1600);
  const hidden = reachesEnd => {
    it.shown.draw('', 0, reachesEnd);
    return it.down.hidden;
  };
  assert.equal(hidden(true), true);
  assert.equal(hidden(false), false, 'where the end is not on the page');
  scrollTo(it, 1500);
  assert.equal(hidden(true), false, 'away from the end');
  scrollTo(it, 1570);
  assert.equal(hidden(true), false, 'where part of the last message is out of sight');
});

test('the focus stays in the conversation when the button to the end goes', () => {
  const it = viewport(20, 500);
  it.shown.draw('', 0, true);
  it.down.focus();

  scrollTo(it, 1600);
  it.shown.draw('', 0, true);

  assert.equal(globalThis.document.activeElement, it.shown.root);
});

test('a message is in sight where nothing covers it', () => {
  const { shown, bar } = viewport(20, 0);
  const at = (top, bottom) => shown.shows(element({ rect: { top, bottom } }));

  assert.deepEqual([at(-30, -10), at(0, 20), at(380, 400), at(395, 415)], [false, true, true, false]);
  Object.assign(bar, { hidden: false, rect: { top: 8, bottom: 40 } });
  assert.deepEqual([at(0, 20), at(50, 70)], [false, true]);
  bar.hidden = true;
  globalThis.visualViewport = { offsetTop: 0, height: 200 };
  assert.deepEqual([at(150, 170), at(250, 270)], [true, false], 'below is the keyboard of a phone');
  delete globalThis.visualViewport;
  globalThis.document.querySelector = () => element();
  assert.equal(at(50, 70), false, 'a dialog is open');
  globalThis.document.querySelector = () => null;
});

test('it tells where an element is', () => {
  const { shown } = viewport(20, 0);
  const where = (top, bottom) => shown.where(element({ rect: { top, bottom } }));

  const places = [where(-90, -10), where(-90, 10), where(390, 480), where(410, 480)];
  assert.deepEqual(places, ['above', 'here', 'here', 'below']);
});

test('it knows the last message on the screen', () => {
  const it = viewport(20, 530);

  assert.equal(it.shown.last, it.list.children[9]);
});
