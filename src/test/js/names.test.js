import './support/browser.js';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Names } from '../../main/resources/web/names.js';
import { InstantApi } from './support/fake-api.js';
import { fakeClock } from './support/fake-clock.js';

const clock = fakeClock();
let users;
let changes;
let api;
let names;

beforeEach(async () => {
  users = [{ id: 'ann', name: 'Ann Lee' }, { id: 'bob', name: 'bob' }];
  changes = 0;
  api = new InstantApi(() => ({ users }));
  names = new Names(api, () => changes++);
  await names.load();
});

test('a new name is told once, and the same name is not', async () => {
  assert.equal(changes, 1);
  users = [{ id: 'ann', name: 'Ann Mead' }, { id: 'bob', name: 'bob' }];

  await names.load();
  await names.load();

  assert.equal(names.get('ann'), 'Ann Mead');
  assert.equal(changes, 2);
});

test('however often a refresh is asked for, the names are loaded at most every 5 s', async () => {
  for (let i = 0; i < 20; i++) {
    names.refresh();
    await clock.pass(1_000);
  }

  assert.ok(api.paths.length >= 3 && api.paths.length <= 6, String(api.paths.length));
});

test('a long list of users is loaded more rarely', async () => {
  users = Array.from({ length: 10_000 }, (_, i) => ({ id: `u${i}`, name: `u${i}` }));
  await names.load();
  const before = api.paths.length;

  names.refresh();
  await clock.pass(90_000);
  assert.equal(api.paths.length, before);
  await clock.pass(20_000);
  assert.equal(api.paths.length, before + 1);
});

test('a user whom the server does not list is called by the id, and asked for once', async () => {
  assert.equal(names.get('gone'), 'gone');
  await clock.pass(200);
  assert.equal(names.get('gone'), 'gone');
  await clock.pass(200);

  assert.equal(api.paths.length, 2);
  assert.deepEqual(names.people.map(({ id }) => id), ['ann', 'bob']);
});

test('a deleted user is no longer among the people', async () => {
  users = [{ id: 'ann', name: 'Ann Lee' }];

  await names.load();

  assert.deepEqual(names.people, [{ id: 'ann', name: 'Ann Lee' }]);
});

test('a failure leaves the names as they are', async () => {
  users = undefined;
  api.get = () => Promise.reject(new Error('offline'));

  await names.load();

  assert.equal(names.get('ann'), 'Ann Lee');
});

test('nothing is loaded after the end', async () => {
  names.refresh();
  names.close();
  await clock.pass(60_000);

  assert.equal(api.paths.length, 1);
});
