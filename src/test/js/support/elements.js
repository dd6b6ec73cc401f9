// Elements without a layout: a test says how high they are.
import './browser.js';

class FakeElement extends EventTarget {
  className = '';
  hidden = false;
  textContent = '';
  scrollTop = 0;
  scrollHeight = 0;
  clientHeight = 0;
  offsetTop = 0;
  children = [];

  append(...children) {
    this.children.push(...children);
  }

  removeChild(child) {
    this.children.splice(this.children.indexOf(child), 1);
  }

  get firstChild() {
    return this.children[0];
  }

  get childElementCount() {
    return this.children.length;
  }

  getBoundingClientRect() {
    return this.rect;
  }

  focus() {
    globalThis.document.activeElement = this;
  }

  contains(other) {
    return this === other;
  }

  prepend(...children) {
    this.children.unshift(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  setAttribute(name, value) {
    this[name] = value;
  }
}

globalThis.document.createElement = () => new FakeElement();
globalThis.document.createElementNS = () => new FakeElement();

export const element = (properties = {}) => Object.assign(new FakeElement(), properties);
