// What users may change about themselves.
import { openDialog, whileOpen } from './dialog.js';
import { checkbox, form, textField } from './form.js';
import { text } from '../texts.js';

export class AccountDialog {
  #session;
  #dialog;

  constructor(session) {
    this.#session = session;
  }

  open() {
    const { me } = this.#session;
    const settings = form([
      { name: 'name', label: text('group.name'), input: textField(me.name), hint: text('account.id', me.id) },
      { name: 'send_read_receipts', label: text('account.receipts'), input: checkbox(me.send_read_receipts) },
    ], text('save'), values => this.#save(values));
    this.#dialog = openDialog(text('account.title'), settings);
    whileOpen(this.#dialog, this.#session, ['groups'], () => settings.follow(this.#session.me));
  }

  async #save(values) {
    const { me, api } = this.#session;
    // only what was changed: the choice may be locked
    const changes = Object.fromEntries(Object.entries(values).filter(([key, value]) => value !== me[key]));
    Object.assign(me, await api.patch('/me', changes));
    this.#session.named(me.id, me.name);
    this.#dialog.close();
  }
}
