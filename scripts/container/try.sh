#!/usr/bin/env bash
# Builds the image of the Dockerfile and tries it, as root on Debian, without Docker and without a registry: the base
# image is made of Debian's packages, and podman runs the image, under the name that "docker run" would use, with a
# read-only root file system, without capabilities and with one volume.
#
#   scripts/container/try.sh                                    takes about 7 minutes; a second run, 3
#   EXTRA_CA=ca.pem scripts/container/try.sh                    in a network whose proxy signs certificates itself
#   MAVEN_REPOSITORY=~/.m2/repository scripts/container/try.sh  downloads no library that is there
#
# It shows that the image works, and how large and how fast it is. It does not show that Docker builds the same, nor
# what -p does: the container uses the network of this machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
PLACE=$PWD/target/container
PORT=18080
URL=http://127.0.0.1:$PORT
BASE=docker.io/library/debian:trixie-slim

# runc, because crun refuses machines that have the first and the second version of control groups
missing=()
for tool in podman runc debootstrap curl; do
  command -v "$tool" > /dev/null || missing+=("$tool")
done
((${#missing[@]} == 0)) || { apt-get -qq update && apt-get -qq install -y --no-install-recommends "${missing[@]}"; }

mkdir -p "$PLACE"
podman() {
  command podman --root "$PLACE/store" --runroot "$PLACE/run" --cgroup-manager cgroupfs --runtime runc "$@"
}

# What debian:trixie-slim has: the required packages and apt, which keeps nothing that it has fetched, without manuals
# and translations.
make_base() {
  local root=$PLACE/base mirror=http://deb.debian.org
  rm -rf "$root"
  debootstrap --variant=minbase trixie "$root" $mirror/debian > "$PLACE/debootstrap.log"
  printf 'deb %s main\n' "$mirror/debian trixie" "$mirror/debian trixie-updates" \
    "$mirror/debian-security trixie-security" > "$root/etc/apt/sources.list"
  echo 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb"; };
    Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache ""; Acquire::Languages "none";' \
    > "$root/etc/apt/apt.conf.d/docker-clean"
  find "$root/usr/share/doc" ! -type d ! -name copyright -delete
  rm -rf "$root"/usr/share/{man,info,locale,lintian}/* "$root"/var/{cache,lib/apt/lists,log}/* "$root"/var/lib/dpkg/*-old
  tar -C "$root" -c . | podman import -q - $BASE > /dev/null
  rm -rf "$root"
}

build() {
  local with=()
  [[ -z ${EXTRA_CA-} ]] || with+=(--build-arg "EXTRA_CA=$(< "$EXTRA_CA")")
  [[ -z ${MAVEN_REPOSITORY-} ]] || with+=(--volume "$MAVEN_REPOSITORY:/root/.m2/repository")
  podman build --format docker --isolation chroot --network host --layers "${with[@]}" -t seenby . \
    > "$PLACE/build.log" 2>&1 || { tail -n 40 "$PLACE/build.log"; return 1; }
}

# Starts a container and prints the milliseconds until it is ready. The health check is tried below, because podman
# repeats it with systemd only. The limits are those of this shell, because not every root may raise them.
start() {
  local began
  began=$(date +%s%3N)
  podman run -d --name seenby --network host --read-only --read-only-tmpfs=false --cap-drop all \
    --security-opt no-new-privileges --no-healthcheck \
    --ulimit nofile="$(ulimit -Hn):$(ulimit -Hn)" --ulimit nproc=4096:4096 \
    -e SEENBY_HTTP_HOST=127.0.0.1 -e SEENBY_HTTP_PORT=$PORT -v seenby:/data "$@" > /dev/null
  until curl -sf -o /dev/null $URL/readyz; do
    [[ $(podman inspect -f '{{.State.Running}}' seenby) == true ]] || { podman logs seenby; return 1; }
    sleep 0.02
  done
  echo $(($(date +%s%3N) - began))
}

# Ends it as "docker stop" does, and prints the milliseconds that it took.
stop() {
  local began
  began=$(date +%s%3N)
  podman stop -t 10 seenby > /dev/null
  echo $(($(date +%s%3N) - began))
  is 0 "$(podman inspect -f '{{.State.ExitCode}}' seenby)"
  podman rm seenby > /dev/null
}

is() {
  [[ $2 == "$1" ]] || { echo "expected: $1"; echo "but it was: $2"; return 1; } >&2
}

as() {
  local token=$1
  shift
  curl -sf --noproxy '*' -u ":$token" "$@"
}

field() { sed "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/"; }

cleanup() {
  podman rm -f seenby > /dev/null 2>&1 || true
  podman volume rm -f seenby > /dev/null 2>&1 || true
}
trap cleanup EXIT
cleanup

podman image exists $BASE || make_base
echo "Building; the log is $PLACE/build.log"
build

echo "Size: $(podman image inspect -f '{{.Size}}' seenby | awk '{printf "%.0f MB", $1 / 1e6}'), of which"
podman history --no-trunc --format '{{.Size}}  {{.CreatedBy}}' seenby |
  sed -E '/^0 B/d; s,/bin/sh -c (#\(nop\) )?,,; s/(file|dir):[0-9a-f]+ //; s/ +/ /g' | cut -c -100

first=$(start seenby)
admin=$(podman exec seenby cat /data/admin.token)
as "$admin" --json '{"id":"bob"}' $URL/v1/users > /dev/null
bob=$(as "$admin" -X POST $URL/v1/users/bob/token | field token)
as "$admin" --json '{"id":"ops","members":["bob"]}' $URL/v1/groups > /dev/null
as "$admin" -d 'Deploy at noon.' $URL/v1/groups/ops/messages > /dev/null
as "$bob" -X POST "$URL/v1/groups/ops/ack?upto=1" > /dev/null
receipts=$(as "$admin" $URL/v1/groups/ops/messages/1/receipts)
[[ $receipts == *'"read":1,"unread":0,"readers":[{"id":"bob"'* ]] || { echo "$receipts"; exit 1; }
echo "Sent a message and got its receipt."

read -ra health < <(podman image inspect -f '{{join .HealthCheck.Test " "}}' seenby)
is CMD "${health[0]}"
TIMEFORMAT='The health check took %R s.'
time podman exec seenby "${health[@]:1}"
is 10001:10001 "$(podman exec seenby sh -c 'echo $(id -u):$(id -g)')"
! podman exec seenby touch /tmp/file 2> /dev/null || { echo "The root file system can be written."; exit 1; }
is "" "$(podman logs seenby 2>&1 | grep -E 'WARN|ERROR|warning|Picked up' || true)"
ended=$(stop)
((ended < 8000)) || { echo "The stop took $ended ms."; exit 1; }

second=$(start seenby)
is "$receipts" "$(as "$admin" $URL/v1/groups/ops/messages/1/receipts)"
echo "After a stop (exit code 0) and a start on the same volume the receipt is the same."
stop > /dev/null
without=$(start --entrypoint java seenby -jar seenby.jar)
stop > /dev/null
echo "Ready after $first ms on an empty volume, $second ms on that volume; $without ms without the archive of classes."
echo "Stopped after $ended ms."
