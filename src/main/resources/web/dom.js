// Small means to build the page. Text goes in as text nodes only, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

/** The element of an id that index.html has. */
export const $ = id => document.getElementById(id);

/** A new element: `on` holds its listeners; what is no property of it becomes an attribute; strings become text. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'on') {
      Object.entries(value).forEach(([type, listener]) => element.addEventListener(type, listener));
    } else if (name in element) {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ''));
  return element;
}

/** A name or a text of somebody's, whose direction is its own. */
export const foreign = (tag, text, className = '') => el(tag, { dir: 'auto', className }, text);

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `icon i-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Initials on a colour that is always the same for an id. */
export function avatar(id, name, className = '') {
  const face = el('span', { className: `avatar ${className}`, ariaHidden: 'true' }, initials(name));
  face.style.setProperty('--hue', hue(id));
  return face;
}

function initials(name) {
  const words = name.split(/[\s_.-]+/).filter(word => word);
  const first = words.slice(0, 2).map(word => [...word][0]);
  return (/^[\p{L}\p{N}]{2}$/u.test(first.join('')) && /^[\p{Script=Latin}\p{N}]+$/u.test(first.join(''))
    ? first.join('') : first[0] ?? '?').toLocaleUpperCase();
}

function hue(id) {
  let hash = 0x811c9dc5;
  for (const char of id) {
    hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193) >>> 0;
  }
  return hash % 360;
}

/** Puts words into what index.html has marked with `data-text` and `data-label`. */
export function label(root, text) {
  root.querySelectorAll('[data-text]').forEach(element => element.textContent = text(element.dataset.text));
  root.querySelectorAll('[data-label]').forEach(element => {
    element.ariaLabel = text(element.dataset.label);
    if (element.tagName === 'BUTTON') {
      element.title = text(element.dataset.label);
    }
  });
}

/** Calls once, when it has been asked to, but not again within so many milliseconds. */
export function soon(millis, work) {
  let timer = 0;
  return () => {
    timer ||= setTimeout(() => {
      timer = 0;
      work();
    }, millis);
  };
}
