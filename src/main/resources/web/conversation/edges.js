// What is said at the edges of the messages on the screen: what is above them and below.
import { unread, unreadAfter } from '../group.js';
import { text } from '../texts.js';

export function drawEdges(group, history, messages, viewport, bar) {
  const first = messages.get(group.last_ack + 1);
  const away = group.last_ack + 1 < history.first ? 'above' : 'below';
  const last = viewport.last ? messages.idOf(viewport.last) : group.last_id;
  viewport.draw(edgeText(group, history), unreadAfter(group, last), history.reachesEnd);
  bar.draw(unread(group), first ? viewport.where(first.element) : away, viewport.seesEnd);
}

/** Why there are no messages before the first of a history, where that is known. */
function edgeText(group, history) {
  if (!history.isOpen || !history.reachesBegin) {
    return '';
  }
  if (history.messages.size === 0 && group.last_id === 0) {
    return text('conversation.empty');
  }
  return text(group.first_id > 1 ? 'conversation.trimmed' : 'conversation.begin');
}
