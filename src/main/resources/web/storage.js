// What the tab keeps until it is closed, also after a reload. Where the browser keeps nothing, the page's memory does.

const memory = new Map();

/** The text of a key, if it has one. */
export function stored(key) {
  try {
    return sessionStorage.getItem(key) ?? memory.get(key);
  } catch {
    return memory.get(key);
  }
}

/** Keeps a text; undefined removes the key. */
export function store(key, value) {
  memory.delete(key);
  try {
    sessionStorage.removeItem(key);
    if (value !== undefined) {
      sessionStorage.setItem(key, value);
    }
  } catch {
    // no space is left, or the browser forbids it
    memory.set(key, value);
  }
}
