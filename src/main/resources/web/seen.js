// What was really on the screen: a message counts as read when its end was in view while the tab was visible.

/** Calls `read` with the id up to which all messages were seen, each time that it grows. */
export class Seen {
  #upto;
  #inView = new Set();
  #seen = new Set();
  #read;
  #observer;

  constructor(root, upto, read) {
    this.#upto = upto;
    this.#read = read;
    this.#observer = new IntersectionObserver(entries => this.#look(entries), { root, threshold: 0.5 });
    document.addEventListener('visibilitychange', this.#note);
  }

  end() {
    this.#observer.disconnect();
    document.removeEventListener('visibilitychange', this.#note);
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

  /** One's own messages need not be looked at, and those that are no longer kept can't be. */
  known(id) {
    this.#add(id);
    this.#advance();
  }

  #add(id) {
    if (id > this.#upto) {
      this.#seen.add(id);
    }
  }

  skipTo(id) {
    if (id > this.#upto) {
      this.#upto = id;
      this.#advance();
      this.#read(this.#upto);
    }
  }

  #look(entries) {
    for (const { target, isIntersecting } of entries) {
      const id = Number(target.dataset.id);
      if (isIntersecting) {
        this.#inView.add(id);
      } else {
        this.#inView.delete(id);
      }
    }
    this.#note();
  }

  #note = () => {
    if (document.visibilityState === 'visible') {
      this.#inView.forEach(id => this.#add(id));
      this.#advance();
    }
  };

  /** The ack is cumulative: it stops before the first message that was not seen. */
  #advance() {
    const before = this.#upto;
    while (this.#seen.delete(this.#upto + 1)) {
      this.#upto++;
    }
    if (this.#upto > before) {
      this.#read(this.#upto);
    }
  }
}
