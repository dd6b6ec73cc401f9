// Which messages the user has read: a message counts as read when its end was on the screen while the tab was visible.

/** Calls `read` with the id up to which all messages are read, each time it grows. */
export class ReadTracker {
  #upto;
  #onScreen = new Set();
  /** Read, but after a message that is not. */
  #ahead = new Set();
  #read;
  #observer;

  constructor(root, upto, read) {
    this.#upto = upto;
    this.#read = read;
    this.#observer = new IntersectionObserver(entries => this.#observed(entries), { root, threshold: 0.5 });
    document.addEventListener('visibilitychange', this.#readScreen);
  }

  close() {
    this.#observer.disconnect();
    document.removeEventListener('visibilitychange', this.#readScreen);
  }

  get upto() {
    return this.#upto;
  }

  /** Watches the end of a message. */
  watch(element, id) {
    if (id > this.#upto) {
      element.dataset.id = id;
      this.#observer.observe(element);
    }
  }

  /** Counts a message as read without the screen, such as one that the user has sent. */
  markRead(id) {
    this.#add(id);
    this.#advance();
  }

  /** Counts all messages up to this one as read, such as those that are no longer kept. */
  skipTo(id) {
    if (id > this.#upto) {
      this.#upto = id;
      this.#advance();
      this.#read(this.#upto);
    }
  }

  #observed(entries) {
    for (const { target, isIntersecting } of entries) {
      const id = Number(target.dataset.id);
      if (isIntersecting) {
        this.#onScreen.add(id);
      } else {
        this.#onScreen.delete(id);
      }
    }
    this.#readScreen();
  }

  #readScreen = () => {
    if (document.visibilityState === 'visible') {
      this.#onScreen.forEach(id => this.#add(id));
      this.#advance();
    }
  };

  #add(id) {
    if (id > this.#upto) {
      this.#ahead.add(id);
    }
  }

  /** An ack covers all earlier messages, so it stops before the first message that is not read. */
  #advance() {
    const before = this.#upto;
    while (this.#ahead.delete(this.#upto + 1)) {
      this.#upto++;
    }
    if (this.#upto > before) {
      this.#read(this.#upto);
    }
  }
}
