// What follows from the fields of a group.

export const unread = group => Math.max(0, group.last_id - group.last_ack);

/** Whether a user may see who has read a message, by the group's policy. */
export const showsReceipts = (group, { sender }, userId) =>
  group.receipts === 'members' || group.receipts === 'sender' && sender === userId;

/** Orders by the latest message, as far as it is known, then unread groups first, then by name. */
export const byLatest = (a, b) =>
  (b.latest?.sent_at ?? '').localeCompare(a.latest?.sent_at ?? '')
    || (unread(b) > 0) - (unread(a) > 0) || a.name.localeCompare(b.name);

/** The cursor after these messages. As on the server, a sender who had read everything before still has. */
export const cursorAfter = (messages, userId, lastAck) =>
  messages.reduce((cursor, { id, sender }) => sender === userId && id === cursor + 1 ? id : cursor, lastAck);
