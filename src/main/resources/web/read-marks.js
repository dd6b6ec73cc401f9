// The messages after the cursor that the user has read one at a time. The server keeps their receipts, but no list of
// them, so this browser keeps one, for all its tabs and for the next time.

export class ReadMarks {
  #key;

  constructor(userId) {
    this.#key = `read ${userId}`;
  }

  /** The messages among these that have a mark. One with the same id and another time is another message. */
  among(messages) {
    const marks = this.#load();
    return messages.filter(({ group, id, sent_at: at }) => marks[group]?.[id] === at);
  }

  add(messages) {
    const marks = this.#load();
    for (const { group, id, sent_at: at } of messages) {
      marks[group] = { ...marks[group], [id]: at };
    }
    this.#save(marks);
  }

  /** The cursor of a group has passed these messages. */
  drop(group, upto) {
    const { [group]: marks = {}, ...others } = this.#load();
    const kept = Object.entries(marks).filter(([id]) => Number(id) > upto);
    if (kept.length < Object.keys(marks).length) {
      this.#save(kept.length > 0 ? { ...others, [group]: Object.fromEntries(kept) } : others);
    }
  }

  #load() {
    try {
      return JSON.parse(localStorage.getItem(this.#key)) ?? {};
    } catch {
      return {};
    }
  }

  #save(marks) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(marks));
    } catch {
      // without room or permission, this tab alone knows them
    }
  }
}
