#!/usr/bin/env bash
# Sends a message to a group, and waits until everyone has read it or the time is over.
#
#   read -rsp 'Token: ' SEENBY_TOKEN && export SEENBY_TOKEN
#   ./announce.sh http://127.0.0.1:8080 ops 'The database moves at noon.' 600
#
# Exits with 0 when everyone has read it; with 1 when the seconds are over (300 by default) or the receipts are in the
# archive, and prints the ids of those who have not read it, one per line; with 2 when it cannot tell; with 3 when
# nobody owes a receipt, but not everyone has read it: nobody owed one, or some left or turned receipts off first. Needs
# curl and jq. The token is on no command line, where others could see it.
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

# How many seconds the server may hold one request: few enough for every proxy on the way.
hold() { echo $(($(left) < 30 ? $(left) : 30)); }

# Repeats a request until the server answers: as Retry-After says, or less and less often when no server is there.
call() {
  local head status after pause=1
  until
    head=$(curl -sS -m $(($(hold) + 10)) -K <(printf 'header = "Authorization: Bearer %s"\n' "$SEENBY_TOKEN") \
      -D - -o "$body" -w '%{http_code}' "$@") && status=${head: -3} && [[ $status != 429 && $status != 5?? ]]
  do
    after=$(sed -n 's/^retry-after: *\([0-9]*\).*/\1/Ip' <<< "$head")
    (($(left) > ${after:=$pause})) || { echo "announce.sh: no answer in time" >&2; return 2; }
    echo "announce.sh: HTTP ${head: -3}; trying again in $after s" >&2
    sleep "$after"
    pause=$((pause < 15 ? pause * 2 : 30))
  done
  [[ $status == 2?? ]] || { echo "announce.sh: HTTP $status $(jq -r .detail "$body")" >&2; return 2; }
  cat "$body"
}

# the key: if the answer is lost and the message is sent again, it stays one message
sent=$(call "$messages" -H "Idempotency-Key: $HOSTNAME-$$-$(date +%s)" -H "Content-Type: text/plain" --data-raw "$text")
read -r id owed hidden < <(jq -r '"\(.id) \(.recipients) \(.hidden // 0)"' <<< "$sent")
if ((owed == 0)); then
  echo "announce.sh: message $id is sent, but nobody owes a receipt; members who send none: $hidden" >&2
  exit 3
fi

while true; do
  receipt=$(call "$messages/$id/receipts?wait=$(hold)")
  read -r readers unread archived < <(jq -r '"\(.read) \(.unread) \(.archived)"' <<< "$receipt")
  if ((readers >= owed)); then
    exit 0
  elif ((unread == 0)); then
    echo "announce.sh: $readers of $owed have read message $id; the others left or turned receipts off" >&2
    exit 3
  elif [[ $archived == true ]] || (($(left) == 0)); then
    jq -r '.unread_members[]' <<< "$receipt"
    exit 1
  fi
done
