// Builds elements. Text goes in as text nodes only, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

/** The element with this id in index.html. */
export const $ = id => document.getElementById(id);

/** A new element. `on` holds its listeners; a name that is not a property becomes an attribute; strings become text. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'on') {
      Object.entries(value).forEach(([type, listener]) => element.addEventListener(type, listener));
    } else if (name.startsWith('aria')) {
      // the properties are newer than the attributes
      element.setAttribute(`aria-${name.slice('aria'.length).toLowerCase()}`, value);
    } else if (name in element) {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ''));
  return element;
}

/** A name or a text that users wrote: the browser finds out its direction. */
export const userText = (tag, text, className = '') => el(tag, { dir: 'auto', className }, text);

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `icon i-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A button whose content does not say all that its label says. */
export const button = (className, content, label, click) =>
  el('button', { type: 'button', className, ariaLabel: label, title: label, on: { click } }, content);

/** Fills in the texts of elements that index.html marks with `data-text` and `data-label`. */
export function fillTexts(root, text) {
  root.querySelectorAll('[data-text]').forEach(element => {
    element.textContent = text(element.dataset.text);
  });
  root.querySelectorAll('[data-label]').forEach(element => {
    element.setAttribute('aria-label', text(element.dataset.label));
    if (element.tagName === 'BUTTON') {
      element.title = text(element.dataset.label);
    }
  });
}
