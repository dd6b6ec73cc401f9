// What one may change about oneself.
import { checkbox, form, input, openDialog } from './dialog.js';
import { text } from './texts.js';

export function openAccount(session) {
  const { me } = session;
  const dialog = openDialog(text('account.title'), form([
    { name: 'name', label: text('group.name'), input: input(me.name) },
    { name: 'send_read_receipts', label: text('account.receipts'), input: checkbox(me.send_read_receipts) },
  ], text('save'), async values => {
    // only what was changed: the choice may be locked
    const changes = Object.fromEntries(Object.entries(values).filter(([key, value]) => value !== me[key]));
    Object.assign(session.me, await session.api.patch('/me', changes));
    session.named(me.id, session.me.name);
    dialog.close();
  }));
}
