// Ties the parts together: signed out or signed in, which conversation is open, and what is said of the connection.
import { openAccount } from './account.js';
import { Api } from './api.js';
import { $, avatar, el, foreign, icon, label, soon } from './dom.js';
import { Feed } from './feed.js';
import { openNewGroup } from './group.js';
import { drawGroups } from './groups.js';
import { openPeople } from './people.js';
import { Session } from './session.js';
import { Talk } from './talk.js';
import { LANGUAGE, text } from './texts.js';

const TOKEN = 'token';
/** What a header can hold. */
const TOKENS = /^[!-~]+$/;
/** How long good news stays. */
const NEWS_MILLIS = 5_000;
/** However busy it is, what no update tells of is asked for after so long. */
const REFRESH_MILLIS = 25_000;

let session;
let feed;
let talk;
let newsTimer;

function say(words, kind = '') {
  clearTimeout(newsTimer);
  $('status').className = `status ${kind}`;
  $('status').replaceChildren(words);
}

function sayBriefly(words, kind) {
  say(words, kind);
  newsTimer = setTimeout(() => say(''), NEWS_MILLIS);
}

/** A nudge stays until it is looked at or dismissed. */
function sayNudge({ group, id, by }) {
  const show = el('button', { className: 'quiet', on: { click: () => {
    say('');
    location.hash = `#/${group}/${id}`;
  } } }, text('nudge.show'));
  const dismiss = el('button', { className: 'round', ariaLabel: text('nudge.dismiss'), on: { click: () => say('') } }, icon('close'));
  say(el('span', { className: 'note' }, icon('bell'), foreign('span', text('nudge.got', session.name(by))), show, dismiss), 'nudge-note');
}

async function signIn(token) {
  const api = new Api(token);
  const coming = new Session(api);
  await coming.load();
  sessionStorage.setItem(TOKEN, token);
  session = coming;
  api.onUnauthorized = () => signOut(text('signin.revoked'));
  start();
}

function start() {
  $('sign-in').hidden = true;
  $('desk').hidden = false;
  $('people').hidden = !session.me.admin;
  feed = new Feed(session.api);
  feed.addEventListener('update', ({ detail }) => took(detail));
  feed.addEventListener('acks', ({ detail }) => talk?.acked(detail[talk.id] ?? 0));
  feed.addEventListener('down', ({ detail }) => say(`${detail.message} ${text('status.down')}`, 'bad'));
  feed.addEventListener('up', () => connected());
  listen();
  feed.run();
  draw();
  route();
}

const refresh = () => document.visibilityState === 'visible' && session?.refresh();
const refreshSoon = soon(REFRESH_MILLIS, refresh);

/** No update tells of a group that one was added to, before its first message, or of what one read elsewhere. */
function took(update) {
  session.take(update);
  const quiet = update.messages.length === 0 && update.reads.length === 0;
  (quiet ? refresh : refreshSoon)();
}

/** `next` brings messages and reads; what else may have changed is asked for. */
function connected() {
  if ($('status').classList.contains('bad')) {
    sayBriefly(text('status.back'), 'good');
    session.refresh();
    talk?.touched();
  }
}

function listen() {
  const on = (type, listener) => session.addEventListener(type, ({ detail }) => listener(detail));
  const ofTalk = listener => detail => talk?.id === detail.group && listener(detail);
  on('groups', draw);
  on('arrived', ofTalk(({ messages }) => talk.arrived(messages)));
  on('reads', ofTalk(({ from, upto }) => talk.touched(from, upto)));
  on('resync', ofTalk(() => talk.touched()));
  on('trimmed', ofTalk(() => talk.trimmed()));
  on('nudge', nudge => {
    sayNudge(nudge);
    talk?.id === nudge.group && talk.nudge(nudge);
  });
  on('left', ofTalk(({ name }) => {
    location.hash = '';
    sayBriefly(text('groups.left', name), 'bad-news');
  }));
}

function draw() {
  if (session.me) {
    drawGroups(session, talk?.id);
    $('account').replaceChildren(avatar(session.me.id, session.me.name, 'small'), foreign('span', session.me.name, 'name'));
    talk?.rename();
  }
}

function signOut(why = '') {
  feed?.end();
  closeTalk();
  session = feed = undefined;
  sessionStorage.removeItem(TOKEN);
  document.querySelectorAll('dialog').forEach(dialog => dialog.close());
  document.title = 'Seenby';
  say('');
  $('groups').replaceChildren();
  askToken(why);
}

function askToken(why = '') {
  $('desk').hidden = true;
  $('sign-in').hidden = false;
  $('token').value = '';
  $('token-error').textContent = why;
  $('token').focus();
}

function closeTalk() {
  talk?.end();
  talk?.element.remove();
  talk = undefined;
  document.body.classList.remove('talking');
  $('nobody').hidden = false;
}

/** `#/group` or `#/group/message`, so that the browser's own way back leads to the list. */
async function route() {
  const [, id, message] = location.hash.split('/');
  if (!session || !id) {
    closeTalk();
    session && draw();
    return;
  }
  if (talk?.id !== id && !openTalk(id)) {
    return;
  }
  await talk.opened;
  await (message && talk?.show(Number(message)));
}

function openTalk(id) {
  closeTalk();
  const group = session.groups.get(id);
  if (!group) {
    sayBriefly(text('groups.gone'), 'bad-news');
    return false;
  }
  talk = new Talk(session, feed, group);
  $('nobody').hidden = true;
  $('talk').append(talk.element);
  document.body.classList.add('talking');
  draw();
  talk.opened = talk.open();
  matchMedia('(pointer: fine)').matches && talk.composer.focus();
  return true;
}

async function submitToken(event) {
  event.preventDefault();
  const token = $('token').value.trim();
  $('token-error').textContent = !token ? text('signin.empty') : TOKENS.test(token) ? '' : text('signin.wrong');
  if (TOKENS.test(token)) {
    try {
      await signIn(token);
    } catch (problem) {
      $('token-error').textContent = problem.status === 401 ? text('signin.wrong') : problem.message;
      $('token').select();
    }
  }
}

document.documentElement.lang = LANGUAGE;
label(document, text);
$('sign-in-form').addEventListener('submit', submitToken);
$('sign-out').addEventListener('click', () => signOut());
$('new-group').addEventListener('click', () => openNewGroup(session));
$('people').addEventListener('click', () => openPeople(session));
$('account').addEventListener('click', () => openAccount(session));
addEventListener('hashchange', route);
document.addEventListener('visibilitychange', refresh);

const kept = sessionStorage.getItem(TOKEN);
if (kept) {
  signIn(kept).catch(problem => askToken(problem.status === 401 ? text('signin.revoked') : problem.message));
} else {
  askToken();
}
