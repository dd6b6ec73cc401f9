// Creates a group.
import { openDialog, whileOpen } from './dialog.js';
import { form, textField } from './form.js';
import { policySelect } from './policy-select.js';
import { goTo } from '../router.js';
import { text } from '../texts.js';
import { userPicker } from './user-picker.js';

export function openNewGroup(session) {
  const others = () => session.people.filter(({ id }) => id !== session.me.id);
  const picker = userPicker(others());
  const dialog = openDialog(text('group.new'), form([
    { name: 'id', label: text('group.id'), input: textField('', { required: true }), hint: text('id.hint') },
    { name: 'name', label: text('group.name'), input: textField() },
    { name: 'members', label: text('group.add'), input: picker },
    { name: 'receipts', label: text('receipts.policy'), input: policySelect('sender') },
  ], text('group.create'), async values => {
    const group = await session.api.post('/groups', values);
    session.know(group);
    dialog.close();
    goTo(group.id);
  }));
  whileOpen(dialog, session, ['names'], () => {
    picker.people = others();
  });
}
