// The choice of who sees who has read a group's messages.
import { select } from './form.js';
import { text } from '../texts.js';

export const policySelect = value => select(value, [
  ['sender', text('receipts.sender')],
  ['members', text('receipts.members')],
  ['off', text('receipts.off')],
]);
