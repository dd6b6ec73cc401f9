import './support/browser.js';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Api, path, Problem } from '../../main/resources/web/api.js';

const OFFLINE = 'The server can’t be reached.';
const realFetch = globalThis.fetch;
afterEach(() => { globalThis.fetch = realFetch; });

/** Answers every request by this response; returns what was asked. */
function answering(status, body, headers = {}) {
  const asked = [];
  globalThis.fetch = async (url, options) => {
    asked.push({ url, ...options });
    return new Response(body, { status, headers });
  };
  return asked;
}

async function problemOf(work) {
  try {
    await work();
  } catch (problem) {
    return problem;
  }
  return assert.fail('it did not fail');
}

test('a call carries the token and JSON, and returns JSON', async () => {
  const asked = answering(200, '{"id":1}');

  assert.deepEqual(await new Api('secret').post('/groups/ops/messages', { text: 'hello' }), { id: 1 });

  assert.equal(asked[0].url, '/v1/groups/ops/messages');
  assert.equal(asked[0].method, 'POST');
  assert.equal(asked[0].body, '{"text":"hello"}');
  assert.deepEqual(asked[0].headers, { Authorization: 'Bearer secret', 'Content-Type': 'application/json' });
});

test('no cookie and no cache have a part in it', async () => {
  const asked = answering(200, '{}');

  await new Api('secret').get('/me');

  assert.equal(asked[0].credentials, 'omit');
  assert.equal(asked[0].cache, 'no-store');
  assert.equal(asked[0].body, undefined);
});

test('an answer without content is an empty object', async () => {
  answering(204, null);

  assert.deepEqual(await new Api('secret').delete('/groups/ops'), {});
});

test('a refusal says what is wrong, where, and when to try again', async () => {
  answering(429, '{"code":"rate_limited","reason":"rate_limited","detail":"Slow down.","field":"text"}',
    { 'Retry-After': '7' });

  const problem = await problemOf(() => new Api('secret').post('/x', {}));

  assert.ok(problem instanceof Problem);
  const { status, code, message, field, retryAfter } = problem;
  assert.equal(message, 'Too many requests at once. Try again in 7 seconds.');
  assert.deepEqual({ status, code, field, retryAfter },
    { status: 429, code: 'rate_limited', field: 'text', retryAfter: 7 });
});

test('a proxy whose server is down is understood', async () => {
  answering(502, '<h1>Bad Gateway</h1>', { 'Content-Type': 'text/html' });

  const problem = await problemOf(() => new Api('secret').get('/me'));

  assert.equal(problem.message, OFFLINE);
  assert.equal(problem.status, 502);
});

test('a proxy that refuses is quoted', async () => {
  answering(413, '<h1>Too large</h1>');

  const problem = await problemOf(() => new Api('secret').get('/me'));

  assert.match(problem.message, /413/);
  assert.equal(problem.isPassing, false);
});

test('what may succeed later is told from what is refused', async () => {
  const isPassing = async (status, body) => {
    answering(status, body);
    return (await problemOf(() => new Api('secret').get('/me'))).isPassing;
  };

  for (const [status, code] of [[500, 'internal'], [503, 'unavailable'], [429, 'rate_limited'], [408, 'timeout']]) {
    assert.equal(await isPassing(status, JSON.stringify({ code })), true, code);
  }
  for (const [status, code] of [[404, 'not_found'], [413, 'too_large'], [422, 'invalid'], [401, 'unauthorized']]) {
    assert.equal(await isPassing(status, JSON.stringify({ code })), false, code);
  }
  // a proxy that does not find the server, or asks for its own password
  for (const status of [401, 404, 502, 504]) {
    assert.equal(await isPassing(status, '<h1>Sorry</h1>'), true, String(status));
  }
});

test('a network that fails, or cuts off an answer, is an unreachable server', async () => {
  globalThis.fetch = async () => { throw new TypeError('fetch failed'); };
  assert.equal((await problemOf(() => new Api('secret').get('/me'))).message, OFFLINE);

  answering(200, '{"id":');
  assert.equal((await problemOf(() => new Api('secret').get('/me'))).message, OFFLINE);
});

test('an abort by the caller is no problem of the server', async () => {
  globalThis.fetch = async () => { throw new DOMException('aborted', 'AbortError'); };

  assert.equal((await problemOf(() => new Api('secret').get('/me'))).name, 'AbortError');
});

test('a token that is refused is told of', async () => {
  const api = new Api('secret');
  let told = 0;
  api.onUnauthorized = () => { told++; };

  answering(403, '{}');
  await problemOf(() => api.get('/me'));
  assert.equal(told, 0);
  answering(401, '<h1>The proxy wants a password</h1>');
  await problemOf(() => api.get('/me'));
  assert.equal(told, 0);
  answering(401, '{"code":"unauthorized"}');
  await problemOf(() => api.get('/me'));

  assert.equal(told, 1);
});

test('the parts of a path are encoded', () => {
  assert.equal(path`/users/${'a/b?c'}/token`, '/users/a%2Fb%3Fc/token');
});
