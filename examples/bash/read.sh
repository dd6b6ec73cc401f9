#!/usr/bin/env bash
# Prints the messages of all your groups as they arrive. Each poll acks the messages of the poll before, so senders see
# a message as read once it is printed. After a restart, messages that were not acked are printed again.
#
#   read -rsp 'Token: ' SEENBY_TOKEN && export SEENBY_TOKEN
#   ./read.sh http://127.0.0.1:8080
#
# Ends on Ctrl-C, or with 2 and the reason when the server refuses a request. Needs curl 7.82 or newer, and jq. The
# token is on no command line, where others could see it.
set -euo pipefail
if [[ $# -ne 1 || -z ${SEENBY_TOKEN:-} ]]; then
  echo "usage: read.sh http://HOST:PORT, with a token in SEENBY_TOKEN" >&2
  exit 2
fi

url=${1%/}
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# Repeats a poll until the server answers: as Retry-After says, or less and less often when no server is there.
poll() {
  local head status after pause=1
  until
    head=$(curl -sS -m 60 -K <(printf 'header = "Authorization: Bearer %s"\n' "$SEENBY_TOKEN") \
      -D - -o "$body" -w '%{http_code}' --json "$1" "$url/v1/updates") &&
      status=${head: -3} && [[ $status != 429 && $status != 5?? ]]
  do
    after=$(sed -n 's/^retry-after: *\([0-9]*\).*/\1/Ip' <<< "$head")
    echo "read.sh: HTTP ${head: -3}; trying again in ${after:=$pause} s" >&2
    sleep "$after"
    pause=$((pause < 15 ? pause * 2 : 30))
  done
  # another server: begin again with what is unread
  [[ $status == 422 && $(jq -r .field "$body") == since ]] && { echo '{"messages":[],"next":""}'; return; }
  [[ $status == 2?? ]] || { echo "read.sh: HTTP $status $(jq -r .detail "$body")" >&2; return 2; }
  cat "$body"
}

ask='{"timeout":25}'
while true; do
  update=$(poll "$ask")
  # one line per message, without control characters, which could play tricks on a terminal
  jq -r '.messages[] | "\(.group) \(.id) \(.sender): \(.text | gsub("[[:cntrl:]]+"; " "))"' <<< "$update"
  ask=$(jq -c '{since: .next, ack: (.messages | map({(.group): .id}) | add // {}), timeout: 25}' <<< "$update")
done
