// What follows from the fields of a group.

/** How many messages the user has neither sent nor read. `ahead` has those after the cursor that the user has. */
export const unread = group => unreadAfter(group, 0);

/** The same, of the messages after this one. */
export function unreadAfter({ last_id: last, last_ack: cursor, ahead }, id) {
  const start = Math.max(cursor, id);
  return Math.max(0, last - start - [...ahead].filter(read => read > start && read <= last).length);
}

export const newGroup = () => ({ last_id: 0, last_ack: 0, nudged: new Map(), ahead: new Set() });

/**
 * Takes what the server says of a group, but keeps what a later update has already reported. Of what was known of a
 * `stale` group, only its `latest` message counts: it came since.
 */
export function takeGroup(known, group) {
  const [last, cursor] = known.stale ? [known.latest?.id ?? 0, 0] : [known.last_id, known.last_ack];
  const upto = Math.max(cursor, group.last_ack ?? 0);
  Object.assign(known, group, { last_id: Math.max(last, group.last_id), last_ack: upto, stale: false });
  moveCursor(known, upto);
  return known;
}

export const isRead = (group, id) => id <= group.last_ack || group.ahead.has(id);

/** Counts these messages as read. The cursor moves on where no unread message is before them. */
export function markRead(group, ids) {
  ids.filter(id => id > group.last_ack).forEach(id => group.ahead.add(id));
  while (group.ahead.delete(group.last_ack + 1)) {
    group.last_ack++;
  }
}

/** Counts everything up to this message as read. */
export function moveCursor(group, upto) {
  group.last_ack = Math.max(group.last_ack, upto);
  [...group.ahead].filter(id => id <= group.last_ack).forEach(id => group.ahead.delete(id));
  markRead(group, []);
}

/** Whether a user may see who has read a message, by the group's policy. */
export const showsReceipts = (group, { sender }, userId) =>
  group.receipts === 'members' || group.receipts === 'sender' && sender === userId;

/** Orders by the latest message, as far as it is known, then unread groups first, then by name. */
export const byLatest = (a, b) =>
  (b.latest?.sent_at ?? '').localeCompare(a.latest?.sent_at ?? '')
    || (unread(b) > 0) - (unread(a) > 0) || a.name.localeCompare(b.name);

/** Messages by the ids of their groups. */
export function byGroup(messages) {
  const groups = new Map();
  for (const message of messages) {
    const ofGroup = groups.get(message.group) ?? [];
    ofGroup.push(message);
    groups.set(message.group, ofGroup);
  }
  return groups;
}
