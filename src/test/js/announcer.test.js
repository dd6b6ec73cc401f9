import { element } from './support/elements.js';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Announcer } from '../../main/resources/web/conversation/announcer.js';
import { fakeClock } from './support/fake-clock.js';

const clock = fakeClock();
const NAMES = { ann: 'Ann Lee', eve: 'Eve' };
let region;

beforeEach(() => {
  region = element();
  globalThis.document.getElementById = () => region;
});

const announcer = () => new Announcer(id => NAMES[id]);
const said = (sender, words) => ({ sender, text: words });
const messages = (count, from = 1) => Array.from({ length: count }, (_, i) => said('ann', `text ${from + i}`));
const spoken = () => region.children.map(line => line.children.join(''));

test('three messages at once are spoken, each with its sender and its text', async () => {
  announcer().announce([said('ann', 'one'), said('eve', 'two'), said('ann', 'three')]);

  await clock.pass(300);

  assert.deepEqual(spoken(), ['Ann Lee: one', 'Eve: two', 'Ann Lee: three']);
});

test('messages that come one after the other are spoken one after the other', async () => {
  const speaker = announcer();

  speaker.announce(messages(1));
  await clock.pass(300);
  speaker.announce(messages(1, 2));
  await clock.pass(300);

  assert.deepEqual(spoken(), ['Ann Lee: text 1', 'Ann Lee: text 2']);
});

test('of many messages the last are spoken, after how many others there are', async () => {
  announcer().announce(messages(12));

  await clock.pass(300);

  assert.deepEqual(spoken(), ['And 7 more messages', ...[8, 9, 10, 11, 12].map(i => `Ann Lee: text ${i}`)]);
});

test('what was spoken does not pile up, and goes with its group', async () => {
  const speaker = announcer();
  for (let i = 0; i < 9; i++) {
    speaker.announce(messages(5));
    await clock.pass(300);
  }
  assert.equal(spoken().length, 10);

  speaker.announce(messages(1));
  speaker.close();
  await clock.pass(300);

  assert.deepEqual(spoken(), []);
});
