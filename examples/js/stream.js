// Sends messages, and reads a user's updates as server-sent events. EventSource can't, because it sends no token.
// Runs in Node 18 or newer, and in browsers, on pages from the server's own origin.
//
//   const server = { url: "http://127.0.0.1:8080", token };
//   await post(server, "/v1/groups/ops/messages", { text: "Hello", client_id: `${Date.now()}-${Math.random()}` });
//   for await (const { event, id, data } of stream(server)) console.log(event, data);
//
// Events are message, read, nudge, left, resync and trimmed. stream(server, { after: id }) continues after an event.

/** In milliseconds. The server sends something every 15 s; after this much silence the connection is dead. */
const SILENCE = 45_000;

/** The server refuses, and trying again does not help: the token is not valid, for example. */
export class Refused extends Error {}

/** Posts JSON. A message with a client_id stays one message if it is posted again after a lost answer. */
export async function post(server, path, json) {
  const headers = { "Content-Type": "application/json" };
  return (await ask(server, path, { method: "POST", headers, body: JSON.stringify(json) })).json();
}

/** The updates from now on, or after an event, until the signal aborts. Reconnects when a connection ends. */
export async function* stream(server, { after = "", signal } = {}) {
  for (let last = after; !signal?.aborted; await seconds(1)) {
    const headers = { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) };
    try {
      const { body } = await ask(server, "/v1/updates", { headers, signal });
      for await (const event of events(body)) {
        last = event.id;
        yield event;
      }
    } catch (error) {
      if (error instanceof Refused && !(last && error.field === "since")) throw error;
      if (error instanceof Refused) last = ""; // another server: begin again with what is unread
    }
  }
}

/** Repeats a request until the server answers: as Retry-After says, or less and less often when none is there. */
async function ask({ url, token }, path, { headers, ...options }) {
  for (let pause = 1; ; pause = Math.min(2 * pause, 30)) {
    const request = { ...options, headers: { ...headers, Authorization: `Bearer ${token}` } };
    const answer = await fetch(url + path, request).catch((lost) => lost);
    if (answer.ok) return answer;
    options.signal?.throwIfAborted();
    if (answer.status < 500 && answer.status !== 429) {
      const { detail, field } = await answer.json().catch(() => ({})); // a proxy answers in another format
      throw Object.assign(new Refused(detail ?? `${answer.status} from ${answer.url}`), { field });
    }
    const wait = Number(answer.headers?.get("Retry-After") ?? pause);
    console.warn(`${answer.status ?? answer.cause?.code ?? answer}; trying again in ${wait} s`);
    await seconds(wait);
  }
}

const seconds = (count) => new Promise((resolve) => setTimeout(resolve, 1000 * count));

/** The events in a body. Empty lines separate them; lines without a name are comments. */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let text = ""; ; ) {
      const silence = setTimeout(() => reader.cancel(), SILENCE);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      const blocks = (text + value).split(/\r?\n\r?\n/);
      text = blocks.pop();
      for (const block of blocks) {
        const field = (name) => block.match(new RegExp(`^${name}: ?(.*)$`, "m"))?.[1];
        if (field("data")) yield { event: field("event"), id: field("id"), data: JSON.parse(field("data")) };
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
