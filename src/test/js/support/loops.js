// An update loop on a server that answers as a test says.
import './browser.js';
import { afterEach } from 'node:test';
import { UpdateLoop } from '../../../main/resources/web/update-loop.js';
import { FakeApi } from './fake-api.js';
import { settle } from './fake-clock.js';

const started = [];
afterEach(() => started.splice(0).forEach(updates => updates.end()));

export const update = (next, more = {}) => ({ next, messages: [], left: [], resync: [], more: false, ...more });

/** A loop that runs; `events` are the types of those that it has sent, but for `acks` and `acked`. */
export function running() {
  const api = new FakeApi();
  const updates = new UpdateLoop(api);
  const events = [];
  ['update', 'down', 'up', 'restart'].forEach(type => updates.addEventListener(type, () => events.push(type)));
  updates.run();
  started.push(updates);
  return { api, updates, events };
}

/** One whose first poll was answered. */
export async function connected() {
  const loop = running();
  loop.api.last.answer(update('s1'));
  await settle();
  return loop;
}

