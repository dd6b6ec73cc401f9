// Whether somebody looks at the page: its tab is visible, and it has focus or had a pointer or key a moment ago.

const INPUT_MILLIS = 10_000;
const INPUTS = ['pointermove', 'pointerdown', 'wheel', 'touchmove', 'keydown'];

export class Attention {
  #began;
  #focused = document.hasFocus();
  #visible = document.visibilityState === 'visible';
  #lastInput = -Infinity;
  #since = Date.now();
  #closed = new AbortController();

  /** Calls `began` each time somebody looks again. */
  constructor(began) {
    this.#began = began;
    const options = { signal: this.#closed.signal, capture: true, passive: true };
    const on = (target, type, change) => target.addEventListener(type, () => this.#change(change), options);
    on(window, 'focus', () => { this.#focused = document.hasFocus(); });
    on(window, 'blur', () => { this.#focused = document.hasFocus(); });
    on(document, 'visibilitychange', () => { this.#visible = document.visibilityState === 'visible'; });
    INPUTS.forEach(type => on(document, type, () => { this.#lastInput = Date.now(); }));
  }

  close() {
    this.#closed.abort();
  }

  /** Since when somebody has looked without a break, in milliseconds; Infinity while nobody does. */
  get since() {
    return this.#holds ? this.#since : Infinity;
  }

  get #holds() {
    return this.#visible && (this.#focused || Date.now() - this.#lastInput <= INPUT_MILLIS);
  }

  #change(change) {
    const held = this.#holds;
    change();
    if (!held && this.#holds) {
      this.#since = Date.now();
      this.#began();
    }
  }
}
