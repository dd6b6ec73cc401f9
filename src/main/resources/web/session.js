// What the page knows while a user is signed in: users, groups, cursors. Reports changes by events.
import { Drafts } from './drafts.js';
import { byGroup, newGroup, takeGroup } from './group.js';
import { Names } from './names.js';
import { Outbox } from './outbox.js';
import { personText } from './person.js';
import { Reads } from './reads.js';
import { throttle } from './throttle.js';

const LOAD_MILLIS = 200;

/**
 * Sends the events `groups` (the list of groups changed), `names` (users were renamed, created or deleted), `arrived`
 * (detail: messages of a group), `read` (detail: what the user has read), `reads`, `nudge`, `left`, `resync` and
 * `trimmed` (detail of each: the entry of the update).
 */
export class Session extends EventTarget {
  me;
  groups = new Map();
  /** Groups that an admin is not a member of. The admin manages them, and reads nothing in them. */
  outside = new Map();
  /** Messages of groups that are not known yet. */
  #early = new Map();
  drafts;
  outbox;
  #names;
  /** What the user has read. */
  reads = new Reads(this, detail => {
    this.#tell('read', detail);
    this.#tell('groups');
  });
  #refreshSoon = throttle(LOAD_MILLIS, () => this.refresh());

  constructor(api) {
    super();
    this.api = api;
    this.#names = new Names(api, () => this.#tell('names'));
  }

  async load() {
    await Promise.all([this.#names.load(), this.#loadGroups()]);
    this.drafts = new Drafts(this.me.id);
    this.outbox = new Outbox(this);
  }

  close() {
    this.#names.close();
    this.api.onUnauthorized = () => {};
  }

  /** Loads the groups again, and the names soon. If that fails, the next refresh makes up for it. */
  refresh = () => {
    this.#names.refresh();
    return this.#loadGroups().catch(() => {});
  };

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
    const before = this.groups.get(group.id);
    if (before?.created_at !== undefined && before.created_at !== group.created_at) {
      this.#leave(group.id);
    }
    this.groups.set(group.id, takeGroup(this.groups.get(group.id) ?? newGroup(), group));
    this.#arrived(group.id, this.#early.get(group.id) ?? []);
    this.#early.delete(group.id);
    this.#tell('groups');
  }

  /** The name of a user, or the id until the name is known. */
  name = id => this.#names.get(id);

  /** A user, as lists show it. */
  person = id => ({ id, name: this.name(id) });

  /** How a sentence names a user. */
  called = id => personText(this.person(id));

  get people() {
    return this.#names.people;
  }

  /** Takes all users from an answer of the server. */
  takeUsers(users) {
    this.#names.take(users);
  }

  named(id, name) {
    this.#names.set(id, name);
  }

  /** Takes an answer of the long poll. What became of a group comes before its messages. */
  take(update) {
    update.left.forEach(id => this.#leave(id));
    update.resync.forEach(id => this.#forget(id));
    for (const [id, messages] of byGroup(update.messages)) {
      this.#arrived(id, messages);
    }
    update.trimmed.forEach(trimmed => this.#trim(trimmed));
    update.reads.forEach(read => this.#tell('reads', read));
    (update.nudges ?? []).forEach(nudge => this.#nudge(nudge));
    this.#tell('groups');
  }

  #arrived(id, messages) {
    const group = this.groups.get(id);
    if (messages.length === 0) {
      return;
    }
    if (group) {
      group.latest = messages[messages.length - 1];
      group.last_id = Math.max(group.last_id, group.latest.id);
      this.reads.met(group, messages);
      this.#tell('arrived', { group: id, messages });
    } else {
      this.#early.set(id, [...this.#early.get(id) ?? [], ...messages]);
      this.#refreshSoon();
    }
  }

  /** The server may have gone back to an older state. What was known of the group is asked for again. */
  #forget(id) {
    const group = this.groups.get(id);
    if (group) {
      Object.assign(group, { stale: true, latest: undefined });
      group.ahead.clear();
      this.#refreshSoon();
      this.#tell('resync', { group: id });
    }
  }

  /** All that was known of the groups is asked for again. */
  startOver() {
    [...this.groups.keys()].forEach(id => this.#forget(id));
  }

  #leave(id) {
    this.#early.delete(id);
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
