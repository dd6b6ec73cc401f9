// The few things of a browser that the tested scripts use. A test imports this first.

import { webcrypto } from 'node:crypto';

class FakeObserver {
  static latest;
  #targets = new Map();
  #report;

  constructor(report) {
    this.#report = report;
    FakeObserver.latest = this;
  }

  observe(target) {
    this.#targets.set(target.id, target);
  }

  unobserve(target) {
    this.#targets.delete(target.id);
  }

  disconnect() {
    this.#targets.clear();
  }

  /** As if these ids, where they are observed, came onto the screen or left it. */
  report(isIntersecting, ...ids) {
    const targets = ids.filter(id => this.#targets.has(id)).map(id => this.#targets.get(id));
    if (targets.length > 0) {
      this.#report(targets.map(target => ({ target, isIntersecting })));
    }
  }
}

class FakeResizeObserver {
  static all = [];
  #report;

  constructor(report) {
    this.#report = report;
    FakeResizeObserver.all.push(this);
  }

  observe() {}

  report() {
    this.#report();
  }
}

class FakeStorage {
  #items = new Map();
  getItem = key => this.#items.get(key) ?? null;
  setItem = (key, value) => this.#items.set(key, value);
  clear = () => this.#items.clear();
}

const window = new EventTarget();
globalThis.window = window;
globalThis.localStorage = new FakeStorage();
globalThis.ResizeObserver = FakeResizeObserver;
// Node 18 has neither of these two
globalThis.crypto ??= webcrypto;
globalThis.CustomEvent ??= class extends Event {
  constructor(type, { detail }) {
    super(type);
    this.detail = detail;
  }
};
globalThis.addEventListener = window.addEventListener.bind(window);
globalThis.removeEventListener = window.removeEventListener.bind(window);
let focused = true;
const document = Object.assign(new EventTarget(), {
  visibilityState: 'visible',
  hasFocus: () => focused,
  querySelector: () => null,
});
globalThis.document = document;
globalThis.IntersectionObserver = FakeObserver;
Object.defineProperty(globalThis, 'navigator', { value: { language: 'en-GB' } });

/** Tells the page that its tab became visible or hidden. */
export function setVisibility(state) {
  document.visibilityState = state;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Gives the page's window the focus, or takes it away. */
export function setFocus(has) {
  focused = has;
  window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
}

/** The user moves the pointer, for example. */
export const input = type => document.dispatchEvent(new Event(type));

/** What the page has shown has another size now. */
export const resize = () => FakeResizeObserver.all.forEach(observer => observer.report());

export const goOnline = () => window.dispatchEvent(new Event('online'));

export const scrollIn = (...ids) => FakeObserver.latest.report(true, ...ids);

export const scrollOut = (...ids) => FakeObserver.latest.report(false, ...ids);
