// Starts the page: it shows the form to sign in, or the desk of the user who is signed in.
import { Api } from './api.js';
import { Desk } from './desk.js';
import { $, fillTexts } from './dom.js';
import { keepFocus } from './focus.js';
import { keepPageFiles } from './page-files.js';
import { Session } from './session.js';
import { SignIn } from './sign-in.js';
import { StatusBar } from './status-bar.js';
import { LANGUAGE, text } from './texts.js';

class App {
  #status = new StatusBar();
  #signIn = new SignIn(token => this.#open(token));
  #desk;

  start() {
    $('sign-out').addEventListener('click', () => this.#signOut());
    this.#signIn.start();
  }

  async #open(token) {
    const api = new Api(token);
    const session = new Session(api);
    await session.load();
    api.onUnauthorized = () => this.#signOut(text('signin.revoked'));
    this.#desk = new Desk(session, this.#status);
    this.#desk.open();
  }

  #signOut(reason) {
    this.#desk?.close();
    this.#desk = undefined;
    this.#signIn.forget();
    document.querySelectorAll('dialog:not(.once)').forEach(dialog => dialog.close());
    document.title = 'Seenby';
    this.#status.clear();
    this.#signIn.show(reason);
  }
}

document.documentElement.lang = LANGUAGE;
fillTexts(document, text);
keepFocus();
new App().start();
keepPageFiles();
