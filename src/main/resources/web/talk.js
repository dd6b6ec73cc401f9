// A conversation: its messages, and what of it was seen.
import { Composer } from './composer.js';
import { Counts } from './counts.js';
import { $, avatar, el, foreign, icon } from './dom.js';
import { openGroup } from './group.js';
import { History } from './history.js';
import { MessageView } from './message.js';
import { Seen } from './seen.js';
import { unread } from './session.js';
import { Stage } from './stage.js';
import { text } from './texts.js';

export class Talk {
  #session;
  #group;
  #feed;
  #history;
  #seen;
  #views = new Map();
  #counts;
  #counted = 0;
  #ended = false;
  #title = foreign('h2', '');
  #subtitle = el('p', { className: 'soft' });
  #stage = new Stage({
    toEnd: () => this.toEnd(),
    moved: () => this.#drawEdges(),
    older: () => this.#asked(this.#stage.edge, history => history.older(), messages => this.#put(messages, false)),
    newer: () => this.#asked(this.#stage.error, history => history.newer(), messages => this.#came(messages)),
  });

  constructor(session, feed, group) {
    this.#session = session;
    this.#feed = feed;
    this.#group = group;
    this.#counts = new Counts(session.api, group.id, () => this.#history, counts => this.#views.get(counts.id)?.receipts.show(counts));
    this.composer = new Composer(session, group, message => this.#sent(message));
    const back = el('a', { className: 'round back', href: '#', ariaLabel: text('talk.back') }, icon('back'));
    const settings = el('button', { className: 'round', ariaLabel: text('group.settings'), title: text('group.settings'), on: {
      click: () => openGroup(session, group.id),
    } }, icon('people'));
    this.element = el('section', { className: 'conversation' },
      el('header', { className: 'bar' }, back, avatar(group.id, group.name, 'square'),
        el('div', { className: 'titles' }, this.#title, this.#subtitle), settings),
      this.#stage.element, this.composer.element);
    this.rename();
  }

  get id() {
    return this.#group.id;
  }

  rename() {
    this.#title.textContent = this.#group.name;
    this.#subtitle.textContent = text('group.members', this.#group.members);
    this.composer.rename();
    this.#drawEdges();
  }

  end() {
    this.#ended = true;
    this.#seen?.end();
  }

  /** Shows the place where what is unread begins, or the message of that id. */
  async open(id = this.#group.last_ack + 1) {
    this.#seen?.end();
    this.#seen = new Seen(this.#stage.root, this.#group.last_ack, upto => this.#read(upto));
    this.#history = new History(this.#session.api, this.#group);
    this.#views.clear();
    this.#stage.clear();
    const firstUnread = this.#group.last_ack + 1;
    await this.#asked(this.#stage.error, history => history.open(id - 1), messages => {
      this.#put(messages, true);
      this.#views.get(firstUnread)?.markNew();
      this.#seen.skipTo(Math.min(this.#group.first_id - 1, this.#group.last_id));
      this.#bringUp(this.#views.get(id));
      this.#session.latest(this.#group, this.#history);
    });
    await this.#stage.fill();
  }

  /** The end, where it is not here. */
  #bringUp(view) {
    if (view) {
      this.#stage.bringUp(view.element);
    } else {
      this.#stage.toEnd();
    }
  }

  /** Shows a message and draws the eye to it. */
  async show(id) {
    if (!this.#views.has(id)) {
      await this.open(id);
    }
    const view = this.#views.get(id);
    if (view) {
      this.#bringUp(view);
      this.#nudged(view);
    }
  }

  #nudged(view) {
    const nudge = this.#group.nudged.get(view.message.id);
    if (nudge) {
      view.nudgedBy(this.#session.name(nudge.by));
    }
  }

  nudge({ id }) {
    const view = this.#views.get(id);
    if (view) {
      this.#nudged(view);
    }
  }

  async toEnd() {
    if (!this.#history.reachesEnd) {
      await this.open(this.#group.last_id);
    }
    this.#stage.toEnd();
  }

  /** What an update brought; where the end is not on the page, it is asked for on the way there. */
  arrived(messages) {
    const added = this.#history?.append(messages) ?? [];
    this.#put(added, false);
    added.filter(message => message.sender !== this.#session.me.id).forEach(message =>
      $('spoken').textContent = text('talk.said', this.#session.name(message.sender), message.text));
    // what was not yet seen must not be passed over
    this.#stage.follow(this.#views.get(this.#seen.upto + 1)?.element);
  }

  async #sent(message) {
    this.#group.last_id = Math.max(this.#group.last_id, message.id);
    const counts = { read: 0, unread: message.recipients };
    this.#put(this.#history.append([{ ...message, ...(this.#group.receipts === 'off' ? { recipients: undefined } : counts) }]), false);
    await this.toEnd();
  }

  /** Adds messages at the end at which they belong. */
  #put(messages, fresh) {
    const elements = messages.map(message => this.#view(message).element);
    const arrange = () => {
      messages.forEach(({ id }) => this.#arrange(id));
      this.#arrange((messages.at(-1)?.id ?? 0) + 1);
      this.#drawEdges();
    };
    if (!fresh && messages[0]?.id === this.#history.first) {
      this.#stage.prepend(elements, arrange);
    } else {
      this.#stage.append(elements);
      arrange();
    }
  }

  /** What was to follow may no longer be kept. */
  #came(messages) {
    this.#put(messages, false);
    if (this.#history.isCutOff) {
      this.trimmed();
    }
  }

  #arrange(id) {
    this.#views.get(id)?.follow(this.#views.get(id - 1));
  }

  #view(message) {
    const view = new MessageView(this.#session, message);
    this.#views.set(message.id, view);
    this.#nudged(view);
    if (message.sender === this.#session.me.id) {
      this.#seen.known(message.id);
    } else {
      this.#seen.watch(view.end, message.id);
    }
    if (this.#mayHaveReceipts(message) && message.recipients === undefined && !message.archived) {
      this.#counts.touch(message.id, message.id);
    }
    return view;
  }

  #mayHaveReceipts({ sender }) {
    return this.#group.receipts === 'members' || this.#group.receipts === 'sender' && sender === this.#session.me.id;
  }

  #read(upto) {
    this.#feed.ack(this.#group.id, upto);
    this.#session.acked(this.#group, upto);
    this.#drawEdges();
  }

  /** Whether something came. What goes wrong is said at the end of the messages at which it did. */
  async #asked(at, load, show) {
    const history = this.#history;
    const isCurrent = () => !this.#ended && history === this.#history;
    try {
      const messages = await load(history);
      if (isCurrent()) {
        this.#stage.error.textContent = '';
        show(messages);
      }
      return isCurrent() && messages.length > 0;
    } catch (problem) {
      if (isCurrent()) {
        at.textContent = problem.message;
      }
      return false;
    }
  }

  #drawEdges() {
    if (!this.#history) {
      return;
    }
    const empty = this.#views.size === 0 && this.#group.last_id === 0;
    const edge = !this.#history.reachesBegin ? ''
      : text(empty ? 'talk.empty' : this.#group.first_id > 1 ? 'talk.trimmed' : 'talk.begin');
    this.#stage.draw(edge, unread(this.#group), this.#history.reachesEnd);
  }

  /** The counts of these messages, or of all, may have changed. */
  touched(from, upto) {
    this.#counts.touch(from, upto);
  }

  /** One's own reads come in no update; where every member sees the receipts, one sees them too. */
  acked(upto) {
    if (upto > this.#counted && this.#group.receipts === 'members') {
      this.#counts.touch(this.#counted + 1, upto);
      this.#counted = upto;
    }
  }

  /** Older messages are gone; where that leaves a gap, what is there begins anew. */
  trimmed() {
    this.#seen?.skipTo(this.#group.first_id - 1);
    if (this.#history?.isCutOff) {
      this.open();
    }
    this.#drawEdges();
  }
}
