// The texts of the page in the browser's language.
import { EN } from './texts-en.js';
import { ZH } from './texts-zh.js';

export const LANGUAGE = /^zh\b/i.test(navigator.language) ? 'zh' : 'en';
const TEXTS = LANGUAGE === 'zh' ? ZH : EN;

export const hasText = key => Object.hasOwn(TEXTS, key);

/** The text of a key, with these values in it. */
export function text(key, ...values) {
  const found = TEXTS[key];
  return typeof found === 'function' ? found(...values) : found;
}
