// A small picture for a user or a group: initials on a colour.
import { el } from './dom.js';

export function avatar(id, name, className = '') {
  const face = el('span', { className: `avatar ${className}`, ariaHidden: 'true' }, initials(name));
  face.style.setProperty('--hue', hue(id));
  return face;
}

/** Two letters where the script has short letters, such as Latin; else one. */
export function initials(name) {
  const words = name.split(/[\s_.-]+/).filter(word => word);
  const letters = words.slice(0, 2).map(word => [...word][0]);
  const both = letters.join('');
  return (/^[\p{Script=Latin}\p{N}]{2}$/u.test(both) ? both : letters[0] ?? '?').toLocaleUpperCase();
}

/** Always the same for an id. */
export function hue(id) {
  let hash = 0x811c9dc5;
  for (const char of id) {
    hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193) >>> 0;
  }
  return hash % 360;
}
