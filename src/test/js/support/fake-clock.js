// Time that only passes when a test says so, for setTimeout and Date.now.
import { afterEach, beforeEach } from 'node:test';

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
const realNow = Date.now;

/** Lets all that is ready to run do so. */
export const settle = () => new Promise(resolve => { setImmediate(resolve); });

class FakeClock {
  #now = 0;
  #serial = 0;
  #timers = new Map();

  install() {
    this.#timers.clear();
    globalThis.setTimeout = (work, millis) => {
      this.#timers.set(++this.#serial, { at: this.#now + millis, work });
      return this.#serial;
    };
    globalThis.clearTimeout = id => this.#timers.delete(id);
    Date.now = () => this.#now;
  }

  /** Runs the timers that are due within these milliseconds, in their order. */
  async pass(millis) {
    const end = this.#now + millis;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const [id, { at, work }] = next;
      this.#timers.delete(id);
      this.#now = at;
      work();
      await settle();
    }
    this.#now = end;
  }

  #next(end) {
    return [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
  }
}

/** A clock for each test of a file. */
export function fakeClock() {
  const clock = new FakeClock();
  beforeEach(() => clock.install());
  afterEach(() => {
    Object.assign(globalThis, real);
    Date.now = realNow;
  });
  return clock;
}
