// What the user has read, here and in other tabs, as far as the page knows.
import { isRead, markRead, moveCursor } from './group.js';
import { ReadMarks } from './read-marks.js';

export class Reads {
  #session;
  #tell;

  /** Calls `tell` with what the user has read in this tab: a group with `ids`, or with an `upto`. */
  constructor(session, tell) {
    this.#session = session;
    this.#tell = tell;
  }

  get #marks() {
    return new ReadMarks(this.#session.me.id);
  }

  /** Messages of a group came from the server. The user has read some before, such as those that it has sent. */
  met(group, messages) {
    const own = messages.filter(({ sender }) => sender === this.#session.me.id);
    markRead(group, [...own, ...this.#marks.among(messages)].map(({ id }) => id));
  }

  /** The user reads these messages of a group. */
  add(group, messages) {
    this.#marks.add(messages);
    this.#take(group, { group: group.id, ids: messages.map(({ id }) => id) });
  }

  /** The user has read everything up to this message. */
  moveTo(group, upto) {
    this.#take(group, { group: group.id, upto });
  }

  #take(group, read) {
    this.merge(read);
    this.#marks.drop(group.id, group.last_ack);
    this.#tell(read);
  }

  /** Takes what the user has read in this tab or in another. */
  merge({ group: id, ids = [], upto = 0 }) {
    const group = this.#session.groups.get(id);
    if (group) {
      markRead(group, ids);
      moveCursor(group, upto);
      [...group.nudged.keys()].filter(nudge => isRead(group, nudge)).forEach(nudge => group.nudged.delete(nudge));
    }
  }
}
