#!/usr/bin/env bash
# Prints the messages of all one's groups as they come. Each poll acks what the poll before it has brought, so that
# senders see it as read once it has been printed. What was not acked when this stopped comes again at the next start.
#
#   read -rsp 'Token: ' SEENBY_TOKEN && export SEENBY_TOKEN
#   ./read.sh http://127.0.0.1:8080
#
# Ends by Ctrl-C, or with 2 and the reason when the server refuses. Needs curl 7.82 or newer, and jq. The token stays
# off the command lines, which others can see.
set -euo pipefail
if [[ $# -ne 1 || -z ${SEENBY_TOKEN:-} ]]; then
  echo "usage: read.sh http://HOST:PORT, with a token in SEENBY_TOKEN" >&2
  exit 2
fi

url=${1%/}
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# Polls until it is answered. 429 and 503 say when to come again; a server that is away is asked less and less often.
poll() {
  local head status after pause=1
  until
    head=$(curl -sS -m 60 -K <(printf 'header = "Authorization: Bearer %s"\n' "$SEENBY_TOKEN") \
      -D - -o "$body" -w '%{http_code}' --json "$1" "$url/v1/updates") &&
      status=${head: -3} && [[ $status != 429 && $status != 5?? ]]
  do
    after=$(sed -n 's/^retry-after: *\([0-9]*\).*/\1/Ip' <<< "$head")
    echo "read.sh: HTTP ${head: -3}; asking again in ${after:=$pause} s" >&2
    sleep "$after"
    pause=$((pause < 15 ? pause * 2 : 30))
  done
  [[ $status == 2?? ]] || { echo "read.sh: HTTP $status $(jq -r .detail "$body")" >&2; return 2; }
  cat "$body"
}

ask='{"timeout":25}'
while true; do
  update=$(poll "$ask")
  # a message a line, without the control characters that could play tricks on a terminal
  jq -r '.messages[] | "\(.group) \(.id) \(.sender): \(.text | gsub("[[:cntrl:]]+"; " "))"' <<< "$update"
  ask=$(jq -c '{since: .next, ack: (.messages | map({(.group): .id}) | add // {}), timeout: 25}' <<< "$update")
done
