// The outbox of a page, on a server that answers as a test says.
import './browser.js';
import { afterEach } from 'node:test';
import { Drafts } from '../../../main/resources/web/drafts.js';
import { Outbox } from '../../../main/resources/web/outbox.js';
import { FakeApi } from './fake-api.js';
import { settle } from './fake-clock.js';

export const OPS = { id: 'ops', name: 'Ops', created_at: 't1' };
export const DEV = { id: 'dev', name: 'Dev', created_at: 't1' };

const opened = [];
let serial = 0;
afterEach(() => opened.splice(0).forEach(outbox => outbox.close()));

/** The outbox of a user in a new page of the same tab; `events` are all but `changed`. */
export function openPage(user = `user-${++serial}`) {
  const session = {
    me: { id: user }, api: new FakeApi(), drafts: new Drafts(user), groups: new Map([[OPS.id, OPS], [DEV.id, DEV]]),
  };
  const outbox = new Outbox(session);
  const events = [];
  outbox.addEventListener('sent', ({ detail }) => events.push(['sent', detail.id]));
  outbox.addEventListener('refused', ({ detail }) => events.push(['refused', detail.group, detail.problem.code]));
  outbox.start();
  opened.push(outbox);
  return { user, outbox, events, session, api: session.api, texts: group => outbox.of(group).map(({ text }) => text) };
}

export async function answer(api, message) {
  api.last.answer(message);
  await settle();
}

export async function fail(api, problem) {
  api.last.fail(problem);
  await settle();
}
