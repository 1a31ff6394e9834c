#!/usr/bin/env bash
# Exports an Artillery project as a user would, from the packed tarball, and runs it with the real engine on Node 22:
# against a receiver that verifies every callback by itself, and against one that answers 500. Loopback only.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
receiver=
cleanup() {
	if [ -n "$receiver" ]; then kill "$receiver" 2>/dev/null || true; fi
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
cd "$work"
fail() {
	echo "artillery: $1"
	[ ! -f run.log ] || tail -n 40 run.log
	exit 1
}

# Everything that is awaited is bounded. An install takes a minute where the disk is slow: Artillery is 470 MB.
install() { timeout 170 npm install --silent --no-audit --no-fund "$@" >install.log 2>&1 || { cat install.log; fail "npm install $* failed"; }; }
npm pack --silent --pack-destination "$work" "$root" >/dev/null
tarball=$(ls "$work"/callback-simulator-*.tgz)
install --prefix node22 node@22
export PATH="$work/node22/node_modules/.bin:$PATH"
install --prefix app "$tarball"
callsim="app/node_modules/.bin/callsim"

# A key of one's own for one provider, the simulator's for the other.
export CALLSIM_BAYARCASH_SECRET_KEY=a-key-of-the-load-test RECEIVER_BAYARCASH_KEY=a-key-of-the-load-test
events=(bayarcash/transaction-success iak/pulsa-success)
{
	echo '['
	"$callsim" show "${events[0]}" --json
	echo ','
	"$callsim" show "${events[1]}" --json
	echo ']'
} >shown.json

# start_receiver <status>: sets receiver and port
start_receiver() {
	: >port
	node "$root/test/load/receiver.mjs" "$1" shown.json >port 2>receiver.log &
	receiver=$!
	for _ in $(seq 100); do
		[ -s port ] && break
		sleep 0.1
	done
	port=$(head -n 1 port)
	[ -n "$port" ] || { cat receiver.log; fail 'the receiver did not start'; }
}

stop_receiver() {
	kill "$receiver"
	wait "$receiver" 2>/dev/null || true
	receiver=
}

# load <more arguments>: the exit code of the run; connections beyond this machine are refused and written down.
cp "$root/test/load/loopback-only.cjs" .
load() {
	(
		cd load
		unset HTTP_PROXY HTTPS_PROXY http_proxy https_proxy ARTILLERY_DISABLE_TELEMETRY
		export LOOPBACK_LOG="$work/beyond.log" NODE_OPTIONS="--require=$work/loopback-only.cjs" npm_config_update_notifier=false
		timeout 90 npm run --silent load -- "$@" >"$work/run.log" 2>&1
	)
}

start_receiver 200
"$callsim" export artillery "${events[@]}" --to "127.0.0.1:$port/callbacks" --rate 40 --duration 8s --out load >/dev/null
# The package under test in the place of the published one.
(cd load && install --ignore-scripts "$tarball")

load || fail "exit code $? against a receiver that answers 200"
tally=$(node -e 'fetch(process.argv[1]).then((r) => r.text()).then((text) => process.stdout.write(text))' "http://127.0.0.1:$port/tally")
node -e '
	const { requests, genuine, forged, twice, misshapen, events, faults } = JSON.parse(process.argv[1]);
	const both = Object.keys(events).length === 2;
	const right = requests === 320 && genuine === requests && forged + twice + misshapen === 0 && both;
	if (!right) process.stdout.write(`${process.argv[1]}\n${faults.join("\n")}\n`);
	process.exit(right ? 0 : 1);
' "$tally" || fail 'the receiver saw something else than 320 genuine callbacks'
stop_receiver

start_receiver 500
status=0
load --target "http://127.0.0.1:$port" || status=$?
[ "$status" -eq 1 ] || fail "exit code $status, not 1, against a receiver that answers 500"
grep -q 'callsim.not_acknowledged: .* 320$' run.log || fail 'a receiver that answers 500 was not counted'
stop_receiver

[ ! -s beyond.log ] || { cat beyond.log; fail 'something beyond this machine was dialled'; }
version=$(node -p 'require("./load/node_modules/artillery/package.json").version')
echo "Artillery $version, Node $(node --version): $(node -p 'const { requests, genuine, events } = JSON.parse(process.argv[1]); `${requests} callbacks (${Object.values(events).join(" + ")}), ${genuine} genuine, none twice`' "$tally"); a receiver that answers 500: exit code 1"
