// The page of a user who is signed in: the groups, the open conversation, and news from the server.
import { AccountDialog } from './dialogs/account-dialog.js';
import { avatar } from './avatar.js';
import { ConversationPane } from './conversation-pane.js';
import { $ } from './dom.js';
import { GroupList } from './group-list.js';
import { openNewGroup } from './dialogs/new-group-dialog.js';
import { PeopleDialog } from './dialogs/people-dialog.js';
import { personName } from './person.js';
import { goToList } from './router.js';
import { text } from './texts.js';
import { throttle } from './throttle.js';
import { UpdateLoop } from './update-loop.js';

/** Changes that no update reports are asked for at least this often, however many updates come. */
const REFRESH_MILLIS = 25_000;

export class Desk {
  #session;
  #status;
  #updates;
  #pane;
  #groups;
  #drawPending = false;
  /** The other tabs of this user in this browser. */
  #tabs;
  /** Removes all listeners. */
  #closed = new AbortController();
  #refreshLater = throttle(REFRESH_MILLIS, () => this.#refresh());

  constructor(session, status) {
    this.#session = session;
    this.#status = status;
    this.#updates = new UpdateLoop(session.api);
    this.#groups = new GroupList(session);
    this.#tabs = new BroadcastChannel(`read ${session.me.id}`);
    this.#pane = new ConversationPane(session, this.#updates, status, () => this.#draw());
  }

  open() {
    $('desk').hidden = false;
    this.#listenToButtons();
    this.#listenToUpdates();
    this.#listenToSession();
    this.#session.outbox.start();
    this.#updates.run();
    this.#draw();
    this.#pane.route();
  }

  close() {
    this.#closed.abort();
    this.#updates.end();
    this.#session.outbox.close();
    this.#session.close();
    this.#tabs.close();
    this.#pane.close();
    this.#groups.clear();
    $('desk').hidden = true;
  }

  #on(target, type, listener) {
    target.addEventListener(type, ({ detail }) => listener(detail), { signal: this.#closed.signal });
  }

  #listenToButtons() {
    this.#on($('new-group'), 'click', () => openNewGroup(this.#session));
    this.#on($('people'), 'click', () => new PeopleDialog(this.#session).open());
    this.#on($('account'), 'click', () => new AccountDialog(this.#session).open());
    this.#on(window, 'hashchange', () => this.#pane.route());
    this.#on(document, 'visibilitychange', () => this.#refresh());
  }

  #listenToUpdates() {
    this.#on(this.#updates, 'update', update => this.#take(update));
    this.#on(this.#updates, 'acks', acks => this.#pane.open?.receipts.acked(acks[this.#pane.open.id] ?? 0));
    this.#on(this.#updates, 'acked', ({ group, id }) => this.#pane.of(group)?.receipts.touch(id, id));
    this.#on(this.#updates, 'restart', () => this.#session.startOver());
    this.#on(this.#updates, 'down', problem => this.#status.showDown(problem));
    this.#on(this.#updates, 'up', () => this.#reconnected());
  }

  #arrived({ group: id, messages }) {
    this.#pane.of(id)?.arrived(messages);
    // the server's cursor stops before a message that it had earlier than the ack of those before
    if (messages.some(({ sender }) => sender === this.#session.me.id)) {
      this.#updates.ack(id, this.#session.groups.get(id).last_ack);
    }
  }

  #readElsewhere(read) {
    this.#session.reads.merge(read);
    this.#drawSoon();
  }

  #listenToSession() {
    this.#tabs.addEventListener('message', ({ data }) => this.#readElsewhere(data));
    const on = (type, listener) => this.#on(this.#session, type, listener);
    on('groups', () => this.#drawSoon());
    on('names', () => this.#drawSoon());
    on('arrived', arrived => this.#arrived(arrived));
    on('reads', read => this.#pane.of(read.group)?.receipts.read(read));
    on('resync', ({ group }) => this.#pane.of(group)?.resync());
    on('read', read => this.#tabs.postMessage(read));
    on('trimmed', ({ group }) => this.#pane.of(group)?.trimmed());
    on('nudge', nudge => this.#nudged(nudge));
    on('left', ({ group, name }) => this.#left(group, name));
    this.#on(this.#session.outbox, 'refused', refused => this.#refused(refused));
  }

  /** No update reports that the user was added to a group without messages, or what the user read in another tab. */
  #take(update) {
    this.#session.take(update);
    const quiet = update.messages.length === 0 && update.reads.length === 0;
    if (quiet) {
      this.#refresh();
    } else {
      this.#refreshLater();
    }
  }

  #refresh() {
    if (document.visibilityState === 'visible' && !this.#closed.signal.aborted) {
      this.#session.refresh();
      this.#pane.open?.receipts.recheck();
    }
  }

  /** The updates go on from the last position: only what they do not report is asked for. */
  #reconnected() {
    this.#session.outbox.retry();
    if (this.#status.showsDown) {
      this.#status.showBriefly(text('status.back'), 'good');
      this.#session.refresh();
      this.#pane.open?.reconnected();
    }
  }

  #nudged(nudge) {
    this.#status.showNudge(nudge, this.#session.called(nudge.by));
    this.#pane.of(nudge.group)?.nudged(nudge.id);
  }

  #left(group, name) {
    this.#updates.dropAcks(group);
    const { text: unsent } = this.#session.drafts.of(group);
    if (unsent) {
      this.#status.showUnsent(name, unsent);
    } else if (this.#pane.of(group)) {
      this.#status.showBriefly(text('groups.left', name), 'bad-news');
    }
    if (this.#pane.of(group)) {
      this.#pane.close();
      goToList();
    }
  }

  /** A text that is in no composer on the screen. */
  #refused({ group, name }) {
    if (!this.#session.groups.has(group)) {
      this.#status.showUnsent(name, this.#session.drafts.of(group).text);
    } else if (!this.#pane.of(group)) {
      this.#status.showBriefly(text('send.refused', name), 'bad-news');
    }
  }

  /** Many changes at once are drawn once. */
  #drawSoon() {
    if (!this.#drawPending) {
      this.#drawPending = true;
      queueMicrotask(() => this.#draw());
    }
  }

  #draw() {
    this.#drawPending = false;
    if (this.#closed.signal.aborted) {
      return;
    }
    const { me } = this.#session;
    this.#groups.draw(this.#pane.open?.id);
    $('people').hidden = !me.admin;
    $('account').replaceChildren(avatar(me.id, me.name, 'small'), personName(me));
    this.#pane.open?.rename();
  }
}
