#!/usr/bin/env bash
# Compares Seenby with Nchan and with bare hubs of Javalin and Jetty, by one client, in one run on this machine.
set -euo pipefail

usage() {
  cat << 'TEXT'
Usage: scripts/bench/run.sh [--quick] [--rounds N] [--seconds N] [--publish]

Compares Seenby with Nchan and with bare hubs of Javalin and Jetty, by one client, in one run on this machine. It needs a
JDK (17 or newer) and Maven. On Debian it installs what else is missing, by sudo unless you are root: nginx,
libnginx-mod-nchan, python3-matplotlib. (Debian also starts the nginx that it installs as a service; this is not the one
that is measured.) Everything that the script writes is in target/comparison: the report, its data, the table and the
charts.

  --quick      40 members and a second for each figure, to try the script
  --rounds N   measure each figure N times, every second time in the reverse order, and show the median; the default
               is 5
  --seconds N  measure each figure for N seconds each time; the default is 3
  --publish    put the table and the charts into docs/performance.md and docs/images too. For this the machine must be
               quiet: the script refuses if its load is more than 0.5

A whole run takes about half an hour.
TEXT
}

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

quick=() publish=() rounds=5 seconds=3
while (($# > 0)); do
  case $1 in
    --help | -h) usage && exit ;;
    --quick) quick=(--quick) rounds=1 seconds=1 ;;
    --publish) publish=(--page docs/performance.md) ;;
    --rounds) rounds=${2:?--rounds needs a number} && shift ;;
    --seconds) seconds=${2:?--seconds needs a number} && shift ;;
    *) fail "There is no option $1; see --help." ;;
  esac
  shift
done
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin

((${#quick[@]} == 0 || ${#publish[@]} == 0)) || fail 'A quick run is not to be published.'

# before the build, which is a load itself
load=$(cut -d ' ' -f 1 /proc/loadavg)
if ((${#publish[@]} > 0)) && awk "BEGIN { exit !($load > 0.5) }"; then
  fail "The load of this machine is $load, so its figures are not to be published. Stop what runs, and wait a minute."
fi

packages=(nginx libnginx-mod-nchan python3-matplotlib)
if ! dpkg -s "${packages[@]}" > /dev/null 2>&1; then
  sudo=()
  ((EUID == 0)) || sudo=(sudo)
  "${sudo[@]}" apt-get -qq update
  "${sudo[@]}" apt-get -qq install -y --no-install-recommends "${packages[@]}"
fi
module=$(dpkg -L libnginx-mod-nchan | grep '/ngx_nchan_module\.so$')

mvn -q -B -DskipTests package
out=target/comparison
rm -rf "$out" && mkdir -p "$out"
java -jar target/seenby.jar bench limits "${quick[@]}" --rounds "$rounds" --seconds "$seconds" --nchan "$module" \
  --report "$out/report.md" --data "$out/data.json"
versions=$(dpkg-query -W -f '${Package} ${Version}, ' nginx libnginx-mod-nchan)
# Debian's own Python, because the package is for that
/usr/bin/python3 scripts/bench/publish.py "$out/data.json" "$out" --jar target/seenby.jar --versions "${versions%, }" \
  --load "$load" "${publish[@]}"
((${#publish[@]} == 0)) || cp "$out"/images/*.svg docs/images/
echo "The table is in $out/table.md, all figures are in $out/report.md."
