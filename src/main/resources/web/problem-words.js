// What the page says about a problem, in the user's language. The server's words are for programmers.
import { hasText, text } from './texts.js';

/** The most exact words that there are: for the field at fault, for the reason, or for the kind of the problem. */
export function wordsOf({ status, reason, code, field, limit, retryAfter }) {
  const keys = [`${reason}.${field}`, reason, code, 'http'].map(key => `problem.${key.replaceAll('_', '.')}`);
  return text(keys.find(hasText), { status, limit, wait: waitOf(retryAfter) });
}

function waitOf(seconds) {
  return seconds < 60 ? text('in.seconds', Math.max(1, seconds)) : text('in.minutes', Math.ceil(seconds / 60));
}
