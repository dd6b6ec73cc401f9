// Who has read a message and when, and who has not: the server's answer, and the reads that came after it.

const latestFirst = (a, b) => a.at < b.at ? 1 : -1;

export class ReceiptPeople {
  /** `{id, at}`, the latest first. */
  readers;
  /** `{id}`, by their ids. */
  waiting;

  constructor({ readers, unread_members: waiting }) {
    this.readers = readers.map(({ id, read_at: at }) => ({ id, at })).sort(latestFirst);
    this.waiting = waiting.map(id => ({ id }));
  }

  /** Takes reads, a map from reader to time. Who did not owe a receipt is not in it, and stays out. */
  read(times) {
    const came = this.waiting.filter(({ id }) => times.has(id)).map(({ id }) => ({ id, at: times.get(id) }));
    this.waiting = this.waiting.filter(({ id }) => !times.has(id));
    this.readers = [...came, ...this.readers].sort(latestFirst);
    return came.length > 0;
  }

  /** How many there are, as the counts of a message say it. */
  get counts() {
    const read = this.readers.length;
    const unread = this.waiting.length;
    return { recipients: read + unread, read, unread };
  }
}
