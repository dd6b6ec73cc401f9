// Where the user stands in the messages: at the end, or at the first message on the screen.

/** Nothing but the space below the last message is this near to the end, in pixels. */
const AT_END = 20;

export class Place {
  #root;
  #list;
  #stays = false;
  #top = 0;
  #size = {};
  #anchor;
  /** Whether the last message of the group is on the page. */
  reachesEnd = false;

  constructor(root, list) {
    this.#root = root;
    this.#list = list;
  }

  get isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#root;
    return this.reachesEnd && scrollHeight - scrollTop - clientHeight <= AT_END;
  }

  /** The last message of which something is on the screen. */
  get last() {
    const below = this.#firstAfter(this.#root.scrollTop + this.#root.clientHeight);
    return this.#list.children[below - 1];
  }

  /** Only a user who scrolls up leaves the end. The browser may also scroll where something has changed its size. */
  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#root;
    const { height, screen } = this.#size;
    const isUp = scrollTop < this.#top && scrollHeight === height && clientHeight === screen;
    this.#stays = this.isAtEnd || this.#stays && !isUp;
    this.#note();
  }

  goTo(top) {
    this.#root.scrollTop = top;
    this.#stays = this.isAtEnd;
    this.#note();
  }

  /** Takes the user back after something changed its size. */
  restore() {
    const { element, top, onScreen } = this.#anchor ?? {};
    if (this.#stays) {
      this.#root.scrollTop = this.#root.scrollHeight;
    } else if (element?.isConnected) {
      this.#root.scrollTop += element.offsetTop - top + this.#onScreen - onScreen;
    }
    this.#note();
  }

  /** Leaves what is on the screen where it is while `change` adds messages above it. */
  keep(change) {
    const below = this.#root.scrollHeight - this.#root.scrollTop;
    change();
    this.#root.scrollTop = this.#root.scrollHeight - below;
    this.#note();
  }

  follow(change) {
    // the event that reports the user's latest scroll may not have come yet
    this.scrolled();
    change();
    this.restore();
  }

  #note() {
    const { scrollTop, scrollHeight, clientHeight } = this.#root;
    this.#top = scrollTop;
    this.#size = { height: scrollHeight, screen: clientHeight };
    const element = this.#list.children[Math.max(0, this.#firstAfter(this.#top) - 1)];
    this.#anchor = element && { element, top: element.offsetTop, onScreen: this.#onScreen };
  }

  /** Where the messages begin on the screen. A line above them, such as that of a lost connection, moves them. */
  get #onScreen() {
    return this.#root.getBoundingClientRect().top;
  }

  /** The index of the first message that begins after this height. */
  #firstAfter(height) {
    const messages = this.#list.children;
    let [from, to] = [0, messages.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      [from, to] = messages[middle].offsetTop > height ? [from, middle] : [middle + 1, to];
    }
    return from;
  }
}
