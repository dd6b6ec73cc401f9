// Pauses between attempts.

const MAX_MILLIS = 15_000;

/** Each pause is longer than the one before. They are random, so that many pages do not return at the same moment. */
export class Backoff {
  #first;
  #failures = 0;
  #end = () => {};

  /** `first` is about the first pause, in milliseconds. */
  constructor(first = 1_000) {
    this.#first = first;
  }

  /** Resolves after the pause, or after these seconds, if the server has asked for more. */
  pause(retryAfter = 0) {
    const millis = Math.min(MAX_MILLIS, this.#first * 2 ** this.#failures++) * (0.75 + Math.random() / 2);
    return new Promise(resolve => {
      const timer = setTimeout(resolve, Math.max(millis, retryAfter * 1000));
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends the pause: there is reason to think that the next attempt succeeds. */
  end = () => this.#end();

  reset() {
    this.#failures = 0;
  }
}
