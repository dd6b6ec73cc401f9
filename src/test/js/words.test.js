import './support/browser.js';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Problem } from '../../main/resources/web/api.js';
import { hue, initials } from '../../main/resources/web/avatar.js';
import { day, when } from '../../main/resources/web/dates.js';
import { receiptText } from '../../main/resources/web/conversation/receipt-view.js';
import { href, parse } from '../../main/resources/web/router.js';
import { personText } from '../../main/resources/web/person.js';
import { text } from '../../main/resources/web/texts.js';
import { EN } from '../../main/resources/web/texts-en.js';
import { ZH } from '../../main/resources/web/texts-zh.js';

const WEB = new URL('../../main/resources/web/', import.meta.url);
const DAY_MILLIS = 86_400_000;

test('both languages have the same texts, with the same values in them', () => {
  assert.deepEqual(Object.keys(ZH), Object.keys(EN));
  for (const [key, english] of Object.entries(EN)) {
    assert.equal(ZH[key].length === 0, english.length === 0, key);
    assert.equal(typeof ZH[key], typeof english, key);
  }
});

test('the page uses each text, and no other', () => {
  const names = readdirSync(WEB, { recursive: true })
    .filter(name => /\.(js|html)$/.test(name) && !name.startsWith('texts-'));
  const source = names.map(name => readFileSync(new URL(name, WEB), 'utf8')).join('\n');
  const matches = pattern => [...source.matchAll(pattern)].map(([, key]) => key);
  const asked = [...matches(/\btext\('([a-z.]+)'/g), ...matches(/data-(?:text|label)="([a-z.]+)"/g)];
  const mentioned = [...asked, ...matches(/'([a-z.]+)'/g)];

  // ProblemWordsTest compares those of problems with the server's
  const unused = key => !mentioned.includes(key) && !key.startsWith('problem.');
  assert.deepEqual(Object.keys(EN).filter(unused), []);
  assert.deepEqual(asked.filter(key => !(key in EN)), []);
});

test('a problem in words, as exactly as the page can', () => {
  const words = (fields, retryAfter) => new Problem({ status: 422, ...fields }, retryAfter).message;

  assert.equal(new Problem().message, EN['problem.offline']);
  assert.equal(words({ code: 'invalid', reason: 'invalid', field: 'name' }), EN['problem.invalid.name']);
  assert.equal(words({ code: 'invalid', reason: 'invalid', field: 'tiemout' }), EN['problem.invalid']);
  assert.equal(words({ code: 'conflict', reason: 'user_deleted' }), EN['problem.user.deleted']);
  assert.equal(words({ code: 'invalid', reason: 'later_than_this_page' }), EN['problem.invalid']);
  assert.match(words({ status: 418, code: 'http' }), /418/);
  assert.match(words({ code: 'too_large', limit: 16384 }), /16384/);
  assert.match(words({ code: 'rate_limited', reason: 'nudged' }, 570), /in 10 minutes/);
});

test('no words of a problem are left open', () => {
  for (const [key, words] of [...Object.entries(EN), ...Object.entries(ZH)]) {
    if (key.startsWith('problem.') && typeof words === 'function') {
      const said = words({ status: 400, wait: '1 s', limit: 9 }) + words({ status: 500, wait: '' });
      assert.doesNotMatch(said, /undefined|NaN/, key);
    }
  }
});

test('Chinese words for a problem are Chinese', () => {
  for (const [key, words] of Object.entries(ZH).filter(([each]) => each.startsWith('problem.'))) {
    const said = typeof words === 'function' ? words({ status: 400, wait: '' }) : words;
    assert.match(said, /\p{Script=Han}/u, key);
  }
});

test('the counts of a message in words', () => {
  const words = (recipients, read, archived = false, hidden = 0) => receiptText({ recipients, hidden, read }, archived);

  assert.equal(words(2, 0), 'Read by none of 2 yet');
  assert.equal(words(2, 1), 'Read by 1 of 2');
  assert.equal(words(2, 2), 'Read by all 2');
  assert.equal(words(1, 0), 'Not read yet');
  assert.equal(words(1, 1), 'Read');
  assert.equal(words(2, 1, true), 'Read by 1 of 2, archived');
  assert.equal(words(2, 0, true), 'Read by none of 2, archived');
  assert.equal(words(0, 0), 'Nobody owes a receipt');
  assert.equal(words(0, 0, false, 1), '1 member doesn’t send receipts');
  assert.equal(words(0, 0, true, 2), '2 members don’t send receipts');
  assert.equal(words(1, 1, false, 2), 'Read by the one who sends receipts');
  assert.equal(words(3, 3, false, 2), 'Read by all 3 who send receipts');
  assert.equal(words(3, 1, false, 2), 'Read by 1 of 3');
  assert.equal(receiptText(undefined, true), 'Receipts are archived');
});

test('one member who sends no receipts, and many, in both languages', () => {
  const words = texts => [1, 2].map(n => texts['receipts.hidden'](n));

  assert.deepEqual(words(EN), ['1 member doesn’t send receipts', '2 members don’t send receipts']);
  assert.deepEqual(words(ZH), ['1 名成员不发送回执', '2 名成员不发送回执']);
  assert.deepEqual([1, 2].map(n => ZH['receipts.all.senders'](n)), ['发送回执的 1 人已读', '发送回执的 2 人全部已读']);
});

test('the id stands beside a name that differs from it', () => {
  assert.equal(personText({ id: 'bob', name: 'bob' }), 'bob');
  assert.equal(personText({ id: 'bob2', name: 'Bob' }), 'Bob (bob2)');
});

test('a name from right to left is isolated from its sentence, and no name can end that', () => {
  const sure = name => text('group.sure.remove', name);

  assert.equal(sure('Bob'), 'Remove Bob from the group?');
  assert.equal(sure('\u0628\u0648\u0628'), 'Remove \u2068\u0628\u0648\u0628\u2069 from the group?');
  assert.equal(sure('a\u2069\u202eb\u0628'), 'Remove \u2068ab\u0628\u2069 from the group?');
  assert.equal(sure(personText({ id: 'bob', name: '\u05d1' })),
    'Remove \u2068\u2068\u05d1\u2069 (bob)\u2069 from the group?');
});

test('initials are two letters of Latin script, or one of another', () => {
  assert.deepEqual(['Ann Lee', 'bob', 'x_y.z', '陈 晓', '🚀 team', ' - '].map(initials), ['AL', 'B', 'XY', '陈', '🚀', '?']);
});

test('a hue stays the same, and differs between ids', () => {
  assert.equal(hue('ann'), hue('ann'));
  assert.notEqual(hue('ann'), hue('bob'));
});

test('a time of another day has its day', () => {
  const now = new Date();

  assert.match(when(now), /^\d\d:\d\d$/);
  assert.match(when(new Date(now - 3 * DAY_MILLIS)), /^\d{1,2} \p{L}+, \d\d:\d\d$/u);
  assert.equal(day(now), 'Today');
  assert.equal(day(new Date(now - DAY_MILLIS)), 'Yesterday');
  assert.equal(day('2001-02-03T12:00:00Z'), '3 February 2001');
});

test('an address names a group, and perhaps a message', () => {
  assert.deepEqual(parse(''), { group: undefined, message: undefined });
  assert.deepEqual(parse('#'), { group: undefined, message: undefined });
  assert.deepEqual(parse(href('ops')), { group: 'ops', message: undefined });
  assert.deepEqual(parse(href('ops', 7)), { group: 'ops', message: 7 });
});
