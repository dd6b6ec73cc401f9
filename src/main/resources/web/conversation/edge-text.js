import { text } from '../texts.js';

/** Why there are no messages before the first of a history, where that is known. */
export function edgeText(group, history) {
  if (!history.isOpen || !history.reachesBegin) {
    return '';
  }
  if (history.messages.size === 0 && group.last_id === 0) {
    return text('conversation.empty');
  }
  return text(group.first_id > 1 ? 'conversation.trimmed' : 'conversation.begin');
}
