// How a user is called: by the name, with the id beside it where the two differ, since two users may have one name.
import { el } from './dom.js';
import { text } from './texts.js';

/** For a sentence or a label. */
export const personText = ({ id, name }) => name === id ? name : text('person', name, id);

/** For a list or a heading. */
export const personName = ({ id, name }) => el('span', { className: 'person' }, el('bdi', { className: 'name' }, name),
  name === id ? null : el('bdi', { className: 'soft id' }, id));
