// What the page knows while a user is signed in: users, groups, cursors. Reports changes by events.
import { Drafts } from './drafts.js';
import { cursorAfter } from './group.js';
import { Outbox } from './outbox.js';
import { throttle } from './throttle.js';

const LOAD_MILLIS = 200;

/**
 * Sends the events `groups` (the list of groups changed), `arrived` (detail: messages of a group), `reads`, `nudge`,
 * `left`, `resync` and `trimmed` (detail of each: the entry of the update).
 */
export class Session extends EventTarget {
  me;
  groups = new Map();
  /** Groups that an admin is not a member of. The admin manages them, and reads nothing in them. */
  outside = new Map();
  drafts;
  outbox;
  #names = new Map();
  #loadNamesSoon = throttle(LOAD_MILLIS, () => this.#loadNames());
  #refreshSoon = throttle(LOAD_MILLIS, () => this.refresh());

  constructor(api) {
    super();
    this.api = api;
  }

  async load() {
    await Promise.all([this.#loadNames(), this.#loadGroups()]);
    this.drafts = new Drafts(this.me.id);
    this.outbox = new Outbox(this);
  }

  /** Loads the groups again. If that fails, the next refresh makes up for it. */
  refresh = () => this.#loadGroups().catch(() => {});

  async #loadNames() {
    const { users } = await this.api.get('/users').catch(() => ({ users: [] }));
    users.forEach(({ id, name }) => this.#names.set(id, name));
    this.#tell('groups');
  }

  async #loadGroups() {
    const [me, { groups }] = await Promise.all([this.api.get('/me'), this.api.get('/groups')]);
    this.me = me;
    await this.#loadOutside(groups);
    const ids = new Set(groups.map(({ id }) => id));
    [...this.groups.keys()].filter(id => !ids.has(id)).forEach(id => this.#leave(id));
    groups.forEach(group => this.know(group));
    this.#tell('groups');
  }

  async #loadOutside(groups) {
    if (this.me.admin) {
      const inside = new Set(groups.map(({ id }) => id));
      const all = await this.api.get('/groups?all=true');
      this.outside = new Map(all.groups.filter(({ id }) => !inside.has(id)).map(group => [group.id, group]));
    }
  }

  /** Takes a group from an answer of the server, but keeps what a later update has already reported. */
  know(group) {
    const known = this.groups.get(group.id) ?? { last_id: 0, last_ack: 0, nudged: new Map() };
    const same = known.created_at === undefined || known.created_at === group.created_at;
    this.groups.set(group.id, Object.assign(known, group, same && {
      last_id: Math.max(known.last_id, group.last_id),
      last_ack: Math.max(known.last_ack, group.last_ack ?? 0),
    }));
    this.#tell('groups');
  }

  /** The name of a user, or the id until the name is known. */
  name(id) {
    if (!this.#names.has(id)) {
      this.#names.set(id, id);
      this.#loadNamesSoon();
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

  /** Takes an answer of the long poll. */
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
      group.latest = messages[messages.length - 1];
      group.last_id = Math.max(group.last_id, group.latest.id);
      group.last_ack = cursorAfter(messages, this.me.id, group.last_ack);
      this.#tell('arrived', { group: id, messages });
    } else {
      this.#refreshSoon();
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

  /** The user has read everything up to this message. */
  acked(group, upto) {
    group.last_ack = Math.max(group.last_ack, upto);
    [...group.nudged.keys()].filter(id => id <= upto).forEach(id => group.nudged.delete(id));
    this.#tell('groups');
  }

  /** Takes the latest message of a group from its history, where that reaches the end. */
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
    const ofGroup = groups.get(message.group) ?? [];
    ofGroup.push(message);
    groups.set(message.group, ofGroup);
  }
  return groups;
}
