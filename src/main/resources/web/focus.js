// Keeps the focus on the page: where the focused element goes away, what is nearest gets the focus, never the body.

const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex]';
const CONVERSATION = ['.conversation .scroll'];
const LIST = ['#groups [aria-current]', '#groups .group', '#new-group', '#token'];

/** For each open dialog, where the focus was before. */
const openers = new WeakMap();
let trail;

/** Starts to keep the focus. */
export function keepFocus() {
  document.addEventListener('focusin', ({ target }) => remember(target));
  // a click beside everything takes the focus away on purpose
  document.addEventListener('mousedown', () => setTimeout(forgetIfBlurred));
  new MutationObserver(() => trail && isLost(trail.element) && focusNear(trail)).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'disabled', 'hidden', 'open'],
  });
}

function remember(target) {
  const dialog = target.closest('dialog');
  if (dialog && !openers.has(dialog)) {
    openers.set(dialog, trail);
  }
  trail = { element: target, steps: stepsUp(target), opener: openers.get(dialog) };
}

/** The way up from an element, with the place that each step has among its siblings. */
function stepsUp(element) {
  const steps = [];
  const isTop = at => !at.parentElement || at.parentElement === document.body || at.matches('dialog, main, nav');
  for (let at = element; !isTop(at); at = at.parentElement) {
    steps.push({ parent: at.parentElement, index: [...at.parentElement.children].indexOf(at) });
  }
  return steps;
}

function forgetIfBlurred() {
  if (hasNoFocus() && trail && !isLost(trail.element)) {
    trail = undefined;
  }
}

const hasNoFocus = () => !document.activeElement || document.activeElement === document.body;

const isLost = element => !element.isConnected || element.disabled || element.getClientRects().length === 0;

/** Focuses the element of a trail, or what is nearest to it, or the place that was left for its dialog. */
function focusNear({ element, steps, opener }) {
  const { className } = element;
  return focus(element) || steps.some(step => focusSibling(step, className)) || opener && focusNear(opener)
    || focusHome();
}

function focus(element) {
  // a hidden element stays the active one until the next frame
  if (isLost(element)) {
    return false;
  }
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}

function focusSibling({ parent, index }, className) {
  const siblings = [...parent.children];
  const nearest = [...siblings.slice(index), ...siblings.slice(0, index).reverse()];
  return parent.isConnected && nearest.some(sibling => focusWithin(sibling, className))
    || parent.matches(FOCUSABLE) && focus(parent);
}

/** Prefers what is of the same kind. */
function focusWithin(root, className) {
  const all = [root, ...root.querySelectorAll(FOCUSABLE)].filter(element => element.matches(FOCUSABLE));
  return [...all.filter(element => element.className === className), ...all].some(focus);
}

const focusHome = () => [...CONVERSATION, ...LIST].some(selector => {
  const element = document.querySelector(selector);
  return element && focus(element);
});
