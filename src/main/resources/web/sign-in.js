// The form that asks for a token. The tab keeps the token until it is closed or the user signs out.
import { $ } from './dom.js';
import { text } from './texts.js';

const KEY = 'token';
/** The characters that fit into a header. */
const TOKEN = /^[!-~]+$/;

export class SignIn {
  #signIn;

  /** `signIn` takes a token; it fails where the server refuses the token. */
  constructor(signIn) {
    this.#signIn = signIn;
    $('sign-in-form').addEventListener('submit', event => this.#submit(event));
  }

  /** With the token of this tab, or else by asking for one. */
  async start() {
    const token = sessionStorage.getItem(KEY);
    if (!token) {
      this.show();
      return;
    }
    try {
      await this.#take(token);
    } catch (problem) {
      this.show(problem.status === 401 ? text('signin.revoked') : problem.message);
    }
  }

  show(reason = '') {
    $('sign-in').hidden = false;
    $('token').value = '';
    $('token-error').textContent = reason;
    $('token').focus();
  }

  forget() {
    sessionStorage.removeItem(KEY);
  }

  async #submit(event) {
    event.preventDefault();
    const token = $('token').value.trim();
    $('token-error').textContent = faultOf(token);
    if (faultOf(token)) {
      return;
    }
    try {
      await this.#take(token);
    } catch (problem) {
      $('token-error').textContent = problem.status === 401 ? text('signin.wrong') : problem.message;
      $('token').select();
    }
  }

  async #take(token) {
    await this.#signIn(token);
    sessionStorage.setItem(KEY, token);
    $('sign-in').hidden = true;
  }
}

function faultOf(token) {
  if (!token) {
    return text('signin.empty');
  }
  return TOKEN.test(token) ? '' : text('signin.wrong');
}
