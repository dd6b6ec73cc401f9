// The form that asks for a token. The tab keeps it until it is closed, the user signs out or the server refuses it.
import { Backoff } from './backoff.js';
import { $ } from './dom.js';
import { store, stored } from './storage.js';
import { text } from './texts.js';

const KEY = 'token';
/** The characters that fit into a header. */
const TOKEN = /^[!-~]+$/;
/** An answer that is later than this makes the page say that it waits. */
const SLOW_MILLIS = 1_000;

export class SignIn {
  #signIn;
  #busy = false;
  #backoff = new Backoff();

  /** `signIn` takes a token; it fails where the server refuses the token, or does not answer. */
  constructor(signIn) {
    this.#signIn = signIn;
    $('sign-in-form').addEventListener('submit', event => this.#submit(event));
    addEventListener('online', this.#backoff.end);
  }

  /** With the token of this tab, or else by asking for one. While the server does not answer, the page waits for it. */
  async start() {
    const token = stored(KEY);
    if (!token) {
      this.show();
      return;
    }
    const slow = setTimeout(() => this.#showWaiting(''), SLOW_MILLIS);
    try {
      await this.#take(token);
    } catch (problem) {
      await this.#failed(problem);
    } finally {
      clearTimeout(slow);
    }
  }

  async #failed(problem) {
    if (problem.isUnauthorized) {
      this.forget();
      this.show(text('signin.revoked'));
    } else {
      this.#showWaiting(problem.message);
      await this.#backoff.pause(problem.retryAfter);
      await this.start();
    }
  }

  #showWaiting(why) {
    $('waiting').hidden = false;
    $('waiting-why').textContent = [why, text('status.waiting')].join(' ');
  }

  show(reason = '') {
    $('waiting').hidden = true;
    $('sign-in').hidden = false;
    $('token').value = '';
    $('token-error').textContent = reason;
    $('token').focus();
  }

  forget() {
    store(KEY);
  }

  async #submit(event) {
    event.preventDefault();
    const token = $('token').value.trim();
    $('token-error').textContent = faultOf(token);
    if (faultOf(token) || this.#busy) {
      return;
    }
    this.#busy = true;
    try {
      await this.#take(token);
    } catch (problem) {
      $('token-error').textContent = problem.isUnauthorized ? text('signin.wrong') : problem.message;
      $('token').select();
    } finally {
      this.#busy = false;
    }
  }

  async #take(token) {
    await this.#signIn(token);
    store(KEY, token);
    $('waiting').hidden = true;
    $('sign-in').hidden = true;
  }
}

function faultOf(token) {
  if (!token) {
    return text('signin.empty');
  }
  return TOKEN.test(token) ? '' : text('signin.wrong');
}
