// A chat in a terminal: prints and acks the messages of all your groups, and sends each typed line to one of them.
//
//   read -rsp 'Token: ' SEENBY_TOKEN && export SEENBY_TOKEN
//   node cli.js http://127.0.0.1:8080 ops
//
// Ends on Ctrl-C, or with 2 and the reason when the server refuses a request. Needs only Node 18 or newer.

import { createInterface } from "node:readline";
import { post, stream } from "./stream.js";

const [url, ownGroup, ...more] = process.argv.slice(2);
const server = { url: url?.replace(/\/+$/, ""), token: process.env.SEENBY_TOKEN };
if (!/^https?:/.test(url) || !ownGroup || more.length > 0 || !server.token) {
  console.error("usage: node cli.js http://HOST:PORT GROUP, with a token in SEENBY_TOKEN");
  process.exit(2);
}
const complain = (refused) => console.error(refused.message);

/** How an event is printed, without control characters, which could play tricks on a terminal. */
const lines = {
  message: ({ group, id, sender, text }) => `${group} ${id} ${sender}: ${text.replace(/\p{Cc}+/gu, " ")}`,
  read: ({ group, reader, from, upto }) => `${group}: ${reader} has read ${from} to ${upto}`,
  nudge: ({ group, id, by }) => `${group}: ${by} asks you to read ${id}`,
  left: ({ group }) => `${group}: you are no longer in it`,
  resync: ({ group }) => `${group}: some receipts are no longer available here`,
  trimmed: ({ group, first_id }) => `${group}: older messages are gone; the first is ${first_id}`,
};

async function print() {
  for await (const { event, data } of stream(server)) {
    console.log(lines[event]?.(data) ?? event);
    if (event === "message") ackSoon(data);
  }
}

const unacked = new Map();

/** One ack for all messages of a group within a second. */
function ackSoon({ group, id }) {
  if (!unacked.has(group)) setTimeout(() => ack(group).catch(complain), 1000);
  unacked.set(group, id);
}

async function ack(group) {
  const upto = unacked.get(group);
  unacked.delete(group);
  await post(server, `/v1/groups/${group}/ack`, { upto });
}

async function type() {
  for await (const text of createInterface({ input: process.stdin })) {
    const draft = { text, client_id: `${Date.now()}-${Math.random()}` };
    if (text.trim()) await post(server, `/v1/groups/${ownGroup}/messages`, draft).catch(complain);
  }
}

try {
  await Promise.all([print(), type()]);
} catch (refused) {
  complain(refused);
  process.exit(2);
}
