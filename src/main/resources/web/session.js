// What is known while somebody is signed in: people, groups, counts. Tells of changes by events.
import { soon } from './dom.js';

/**
 * Sends the events `groups` (something in their list changed), `arrived` (detail: messages of a group), `reads`,
 * `nudge`, `left`, `resync` and `trimmed`, the last five with the entry of the update as detail.
 */
export class Session extends EventTarget {
  me;
  groups = new Map();
  /** Those that an admin is no member of: it manages them, and reads nothing in them. */
  outside = new Map();
  #names = new Map();
  #askNames = soon(200, () => this.#loadNames());
  #askGroups = soon(200, () => this.refresh());

  constructor(api) {
    super();
    this.api = api;
  }

  async load() {
    await Promise.all([this.#loadNames(), this.#loadGroups()]);
  }

  /** The same, where a failure may wait for the next time. */
  refresh = () => this.#loadGroups().catch(() => {});

  async #loadNames() {
    const { users } = await this.api.get('/users').catch(() => ({ users: [] }));
    users.forEach(user => this.#names.set(user.id, user.name));
    this.#tell('groups');
  }

  async #loadGroups() {
    const [me, { groups }] = await Promise.all([this.api.get('/me'), this.api.get('/groups')]);
    this.me = me;
    await this.#loadOutside(groups);
    const ids = new Set(groups.map(group => group.id));
    [...this.groups.keys()].filter(id => !ids.has(id)).forEach(id => this.#leave(id));
    groups.forEach(group => this.know(group));
    this.#tell('groups');
  }

  async #loadOutside(groups) {
    if (this.me.admin) {
      const inside = new Set(groups.map(group => group.id));
      const all = await this.api.get('/groups?all=true');
      this.outside = new Map(all.groups.filter(group => !inside.has(group.id)).map(group => [group.id, group]));
    }
  }

  /** Takes a group as the server tells of it; what came in the meantime by an update is not taken back. */
  know(group) {
    const known = this.groups.get(group.id) ?? { last_id: 0, last_ack: 0, nudged: new Map() };
    const lives = known.created_at === undefined || known.created_at === group.created_at;
    this.groups.set(group.id, Object.assign(known, group, lives && {
      last_id: Math.max(known.last_id, group.last_id),
      last_ack: Math.max(known.last_ack, group.last_ack ?? 0),
    }));
    this.#tell('groups');
  }

  /** The name of a user; until it is known, the id. */
  name(id) {
    if (!this.#names.has(id)) {
      this.#names.set(id, id);
      this.#askNames();
    }
    return this.#names.get(id);
  }

  get people() {
    return [...this.#names].map(([id, name]) => ({ id, name }));
  }

  named(id, name) {
    this.#names.set(id, name);
    this.#tell('groups');
  }

  forget(id) {
    this.#names.delete(id);
  }

  /** What an answer of the long poll holds. */
  take(update) {
    for (const [id, messages] of byGroup(update.messages)) {
      this.#arrived(id, messages);
    }
    update.left.forEach(id => this.#leave(id));
    update.trimmed.forEach(trimmed => this.#trim(trimmed));
    update.reads.forEach(read => this.#tell('reads', read));
    update.resync.forEach(group => this.#tell('resync', { group }));
    (update.nudges ?? []).forEach(nudge => this.#nudge(nudge));
    this.#tell('groups');
  }

  #arrived(id, messages) {
    const group = this.groups.get(id);
    if (group) {
      const last = messages[messages.length - 1];
      group.last_id = Math.max(group.last_id, last.id);
      group.latest = last;
      group.last_ack = caughtUp(messages, this.me.id, group.last_ack);
      this.#tell('arrived', { group: id, messages });
    } else {
      this.#askGroups();
    }
  }

  #leave(id) {
    const group = this.groups.get(id);
    if (this.groups.delete(id)) {
      this.#tell('left', { group: id, name: group.name });
    }
  }

  #trim(trimmed) {
    const group = this.groups.get(trimmed.group);
    if (group) {
      group.first_id = trimmed.first_id;
      this.#tell('trimmed', trimmed);
    }
  }

  #nudge(nudge) {
    this.groups.get(nudge.group)?.nudged.set(nudge.id, nudge);
    this.#tell('nudge', nudge);
  }

  /** Everything up to there was on the screen. */
  acked(group, upto) {
    group.last_ack = Math.max(group.last_ack, upto);
    [...group.nudged.keys()].filter(id => id <= upto).forEach(id => group.nudged.delete(id));
    this.#tell('groups');
  }

  /** What the list shows of a group's last message, where its history reaches so far. */
  latest(group, { reachesEnd, messages, last }) {
    if (reachesEnd && messages.has(last)) {
      group.latest = messages.get(last);
      this.#tell('groups');
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function byGroup(messages) {
  const groups = new Map();
  for (const message of messages) {
    groups.set(message.group, groups.get(message.group) ?? []);
    groups.get(message.group).push(message);
  }
  return groups;
}

/** As the server has it: who had read everything, and writes, still has. */
const caughtUp = (messages, me, lastAck) =>
  messages.reduce((upto, { id, sender }) => sender === me && id === upto + 1 ? id : upto, lastAck);

export const unread = group => Math.max(0, group.last_id - group.last_ack);
