import js from '@eslint/js';
import globals from 'globals';

export default [
  js.configs.recommended,
  {
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
  { files: ['src/main/resources/web/**'], languageOptions: { globals: globals.browser } },
  // runs in browsers and in Node: what both have
  {
    files: ['examples/js/**'],
    languageOptions: { globals: { ...globals['shared-node-browser'], process: 'readonly' } },
  },
  { files: ['src/test/js/**'], languageOptions: { globals: globals.node } },
  // a test file is one call that holds its tests
  { files: ['src/test/js/**/*.test.js'], rules: { 'max-lines-per-function': 'off' } },
];
