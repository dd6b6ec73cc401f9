import css from '@eslint/css';
import js from '@eslint/js';
import globals from 'globals';
import oldBrowsers from './old-browsers.js';

/** An older value stands before each of them. */
const WITH_A_FALLBACK = ['color-mix', 'oklch'];
/** Older browsers look or scroll a little less well without these. */
const FOR_NEWER_BROWSERS = ['accent-color', 'outline', 'overflow-anchor', 'resize', 'text-wrap'];

export default [
  { files: ['**/*.js'], ...js.configs.recommended },
  {
    files: ['**/*.js'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      complexity: ['error', 12],
      eqeqeq: 'error',
      'max-depth': 'error',
      'max-len': ['error', 120],
      'max-lines': ['error', 200],
      'max-lines-per-function': ['error', 30],
      'no-implicit-globals': 'error',
      'no-nested-ternary': 'error',
      'no-unused-expressions': 'error',
      'no-useless-return': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/main/resources/web/**/*.js'],
    plugins: { page: { rules: { 'old-browsers': oldBrowsers } } },
    // newer syntax does not parse
    languageOptions: { ecmaVersion: 2022, globals: globals.browser },
    rules: { 'page/old-browsers': 'error' },
  },
  { files: ['src/main/resources/web/worker.js'], languageOptions: { globals: globals.serviceworker } },
  {
    files: ['src/main/resources/web/**/*.css'],
    plugins: { css },
    language: 'css/css',
    rules: {
      'css/use-baseline': ['error', {
        available: 2022,
        allowFunctions: WITH_A_FALLBACK,
        allowProperties: FOR_NEWER_BROWSERS,
        allowPropertyValues: { 'font-family': ['ui-monospace'] },
      }],
    },
  },
  // runs in browsers and in Node: what both have
  {
    files: ['examples/js/**'],
    languageOptions: { globals: { ...globals['shared-node-browser'], process: 'readonly' } },
  },
  { files: ['src/test/js/**'], languageOptions: { globals: globals.node } },
  // a test file is one call that holds its tests
  { files: ['src/test/js/**/*.test.js'], rules: { 'max-lines-per-function': 'off' } },
];
