// A viewport over messages that a test lays out.
import { resize } from './browser.js';
import { element } from './elements.js';
import { Viewport } from '../../../main/resources/web/conversation/viewport.js';

const HEIGHT = 100;

/**
 * A viewport 400 pixels high over so many messages, each 100 pixels high; `loads` are the ends at which it asked for
 * more, `down` is the button to the end.
 */
export function viewport(count, scrollTop, { older = [], newer = [] } = {}) {
  const loads = [];
  const load = (end, answers) => {
    loads.push(end);
    return Promise.resolve(answers.shift() ?? false);
  };
  const bar = element({ hidden: true });
  const shown = new Viewport({
    scrolled: () => {},
    goToEnd: () => {},
    loadOlder: () => load('older', older),
    loadNewer: () => load('newer', newer),
  }, bar);
  const [, list] = shown.root.children;
  const [, , down] = shown.element.children;
  shown.root.rect = { top: 0, bottom: 400 };
  const it = { shown, loads, bar, down, list, heights: [] };
  shown.root.clientHeight = 400;
  grow(it, count);
  shown.draw('', 0, true);
  scrollTo(it, scrollTop);
  return it;
}

/** Lays the messages out again. */
export function layOut({ shown, list, heights }) {
  let top = 0;
  list.children.forEach((child, i) => {
    Object.assign(child, { offsetTop: top, isConnected: true });
    top += heights[i] ?? HEIGHT;
  });
  shown.root.scrollHeight = top;
}

export function scrollTo({ shown: { root } }, scrollTop) {
  root.scrollTop = scrollTop;
  root.dispatchEvent(new Event('scroll'));
}

export function grow(it, count) {
  it.shown.append(Array.from({ length: count }, () => element()));
  layOut(it);
}

/** Messages come that a real browser would lay out before it scrolls. */
export const arrive = (it, count) => it.shown.follow(() => {
  grow(it, count);
  it.shown.draw('', 0, true);
});

/** Something in a message opens or closes. */
export function change(it, index, height) {
  it.heights[index] = height;
  layOut(it);
  resize();
}

/** Like a browser, which scrolls no further than to the end. */
export const atEnd = ({ shown: { root } }) => root.scrollTop >= root.scrollHeight - root.clientHeight;
