// The texts of the page in the browser's language.
import { EN } from './texts-en.js';
import { ZH } from './texts-zh.js';

export const LANGUAGE = /^zh\b/i.test(navigator.language) ? 'zh' : 'en';
const TEXTS = LANGUAGE === 'zh' ? ZH : EN;

export const hasText = key => Object.hasOwn(TEXTS, key);

const OVERRIDES = /[\u202a-\u202e\u2066\u2067]/g;
const ISOLATES = /[\u2068\u2069]/g;
/** The isolates of another text of this page, which a value may have in it. */
const BALANCED = /^([^\u2068\u2069]|\u2068[^\u2068\u2069]*\u2069)*$/;
/** Scripts that are written from right to left, and the marks of that direction. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The text of a key, with these values in it. */
export function text(key, ...values) {
  const found = TEXTS[key];
  return typeof found === 'function' ? found(...values.map(isolate)) : found;
}

/** Keeps the direction of a name from the sentence around it. Where all runs left to right there is nothing to keep. */
function isolate(value) {
  if (typeof value !== 'string') {
    return value;
  }
  const kept = value.replace(OVERRIDES, '');
  const plain = BALANCED.test(kept) ? kept : kept.replace(ISOLATES, '');
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}
