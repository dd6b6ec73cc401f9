// The address of a conversation. The browser's back button leads from it to the list of groups.

/** `#/group`, or `#/group/message`. */
export const href = (group, message) => message === undefined ? `#/${group}` : `#/${group}/${message}`;

/** The group and the message in such an address, where it has them. */
export function parse(hash) {
  const [, group, message] = hash.split('/');
  return { group: group || undefined, message: message ? Number(message) : undefined };
}

export const currentRoute = () => parse(location.hash);

export function goTo(group, message) {
  location.hash = href(group, message);
}

export function goToList() {
  location.hash = '';
}
