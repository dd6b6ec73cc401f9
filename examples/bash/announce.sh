#!/usr/bin/env bash
# Sends a message to a group, and waits until everyone in it has read the message or the time is over.
#
#   read -rsp 'Token: ' SEENBY_TOKEN && export SEENBY_TOKEN
#   ./announce.sh http://127.0.0.1:8080 ops 'The database moves at noon.' 600
#
# Exits 0 when everyone has read it; 1 when the seconds are over (300 by default), with the ids of who has not, one a
# line; 2 when it can't tell. Needs curl and jq. The token stays off the command lines, which others can see.
set -euo pipefail
if [[ $# -lt 3 || $# -gt 4 || ! ${4:-300} =~ ^[0-9]+$ || -z ${SEENBY_TOKEN:-} ]]; then
  echo "usage: announce.sh http://HOST:PORT GROUP TEXT [SECONDS], with a token in SEENBY_TOKEN" >&2
  exit 2
fi

messages=${1%/}/v1/groups/$2/messages
text=$3
deadline=$((SECONDS + 10#${4:-300}))
body=$(mktemp)
trap 'rm -f "$body"' EXIT

left() { echo $((deadline > SECONDS ? deadline - SECONDS : 0)); }

# The seconds that one request may be held: few enough for every proxy on the way.
hold() { echo $(($(left) < 30 ? $(left) : 30)); }

# Asks until it is answered. 429 and 503 say when to come again; a server that is away is asked less and less often.
call() {
  local head status after pause=1
  until
    head=$(curl -sS -m $(($(hold) + 10)) -K <(printf 'header = "Authorization: Bearer %s"\n' "$SEENBY_TOKEN") \
      -D - -o "$body" -w '%{http_code}' "$@") && status=${head: -3} && [[ $status != 429 && $status != 5?? ]]
  do
    after=$(sed -n 's/^retry-after: *\([0-9]*\).*/\1/Ip' <<< "$head")
    (($(left) > ${after:=$pause})) || { echo "announce.sh: no answer in time" >&2; return 2; }
    echo "announce.sh: HTTP ${head: -3}; asking again in $after s" >&2
    sleep "$after"
    pause=$((pause < 15 ? pause * 2 : 30))
  done
  [[ $status == 2?? ]] || { echo "announce.sh: HTTP $status $(jq -r .detail "$body")" >&2; return 2; }
  cat "$body"
}

# with the same key, a message that is sent again because its answer was lost stays one
id=$(call "$messages" -H "Idempotency-Key: $HOSTNAME-$$-$(date +%s)" -H "Content-Type: text/plain" \
  --data-raw "$text" | jq .id)

while true; do
  unread=$(call "$messages/$id/receipts?wait=$(hold)" | jq -r '.unread_members[]')
  [[ $unread ]] || exit 0
  (($(left))) || { echo "$unread"; exit 1; }
done
