"""Prints the messages of all your groups as they arrive, each once, and acks ten at a time in its polls.

    read -rsp 'Token: ' SEENBY_TOKEN && export SEENBY_TOKEN
    python3 client.py http://127.0.0.1:8080 state.json

The file remembers what was printed and where to continue, so that nothing is missed or repeated after a restart of the
program or the server. Ends on Ctrl-C, or with the reason when the server refuses. Needs only Python 3.8 or newer."""
import json
import os
import random
import signal
import sys
import time
from http.client import HTTPException
from pathlib import Path
from urllib import error, request


def poll(url, ask, pause=1):
    """Repeats a poll until the server answers: as Retry-After says, or less and less often when none is there."""
    headers = {"Authorization": f"Bearer {os.environ['SEENBY_TOKEN']}", "Content-Type": "application/json"}
    while True:
        try:
            with request.urlopen(request.Request(url, json.dumps(ask).encode(), headers), timeout=60) as answer:
                return json.load(answer)
        except error.HTTPError as refusal:
            problem = refusal.read().decode()
            if '"field":"since"' in problem:  # it is another server: begin again with what is unread
                return {"next": "", "messages": [], "left": list(state["shown"]), "resync": []}
            if refusal.code != 429 and refusal.code < 500:
                sys.exit(f"{refusal}: {problem}")
            trouble, wait = refusal, int(refusal.headers.get("Retry-After", pause))
        except (OSError, HTTPException) as lost:
            trouble, wait = lost, pause
        print(f"{trouble}; trying again in {wait} s", file=sys.stderr)
        time.sleep(wait + random.random())  # so that not all clients come at the same moment
        pause = min(2 * pause, 30)


def next_poll(state, quiet):
    """Contains acks when ten messages wait for one, or when no message has come for a while."""
    due = {group: upto for group, upto in state["shown"].items() if upto > state["acked"][group]}
    if not quiet and 0 < sum(upto - state["acked"][group] for group, upto in due.items()) < 10:
        return {"since": state["next"], "timeout": 2}
    return {"since": state["next"], "timeout": 25, "ack": due}


def take(update, state, file):
    for group in update["left"] + update["resync"]:  # new messages may have ids that earlier ones had
        state["shown"].pop(group, None)
        state["acked"].pop(group, None)
    for message in update["messages"]:
        group, id, sender, text = (message[field] for field in ("group", "id", "sender", "text"))
        if id > state["shown"].get(group, 0):
            print(f"{group} {id} {sender}: {text!r}", flush=True)
            state["shown"][group] = id
            state["acked"].setdefault(group, id - 1)
            save(state, file)
    state["next"] = update["next"]
    save(state, file)


def save(state, file):
    new = file.with_suffix(".new")
    new.write_text(json.dumps(state))
    new.replace(file)  # the file is never half written


signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends the program without a traceback
if len(sys.argv) != 3 or not sys.argv[1].startswith("http") or not os.environ.get("SEENBY_TOKEN"):
    sys.exit("usage: client.py http://HOST:PORT FILE, with a token in SEENBY_TOKEN")
url, file = sys.argv[1].rstrip("/") + "/v1/updates", Path(sys.argv[2])
state = json.loads(file.read_text()) if file.exists() else {"next": "", "shown": {}, "acked": {}}
ask = {"since": state["next"]}  # without acks, because groups may be gone by now
while True:
    update = poll(url, ask)
    state["acked"].update(ask.get("ack", {}))
    take(update, state, file)
    ask = next_poll(state, quiet=not update["messages"])
