import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESLint } from 'eslint';

const ROOT = new URL('../../../', import.meta.url).pathname;
const eslint = new ESLint({ cwd: ROOT, overrideConfigFile: 'src/test/js/eslint.config.js' });

/** What the linter says about a file of the page. */
async function findings(text, name) {
  const [{ messages }] = await eslint.lintText(`${text}\n`, { filePath: `src/main/resources/web/${name}` });
  return messages.map(({ message }) => message);
}

test('the linter knows what older browsers lack', async () => {
  for (const script of [
    'AbortSignal.any([])', '[].toSorted()', 'Promise.withResolvers()', 'new URLPattern()', 'Object.groupBy([], String)',
    'document.startViewTransition()', 'URL.canParse("x")', 'document.body.ariaLabel',
  ]) {
    assert.match((await findings(`export const it = ${script};`, 'it.js')).join(), /is missing in/, script);
  }
  assert.match((await findings('export const it = /a/v;', 'it.js')).join(), /Parsing error/);
  for (const rule of ['textarea { field-sizing: content; }', 'p { color: light-dark(red, blue); }']) {
    assert.match((await findings(rule, 'it.css')).join(), /is not a 2022 available/, rule);
  }
});

test('the linter knows what they have', async () => {
  const script = 'export const it = [[].at(-1), structuredClone([]), document.querySelector("a"), new Map()];';

  assert.deepEqual(await findings(script, 'it.js'), []);
  assert.deepEqual(await findings('p { overflow-wrap: anywhere; inset-inline-end: 0; }', 'it.css'), []);
});
