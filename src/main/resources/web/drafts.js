// The texts that a user has not sent yet, one for each group.
import { store, stored } from './storage.js';

export class Drafts {
  #user;

  constructor(user) {
    this.#user = user;
  }

  #key = group => `draft ${this.#user} ${group}`;

  /** The text, and why the server has refused it, if it has. */
  of(group) {
    return { text: '', why: '', ...JSON.parse(stored(this.#key(group)) ?? '{}') };
  }

  keep(group, text, why = '') {
    store(this.#key(group), text ? JSON.stringify({ text, why }) : undefined);
  }

  /** Puts texts that the server has refused before what was written since. */
  putBack(group, texts, why) {
    this.keep(group, [...texts, this.of(group).text].filter(text => text).join('\n\n'), why);
  }
}
