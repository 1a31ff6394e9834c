#!/usr/bin/env bash
# Installs the packed tarball as a user would and runs the main job with it, on every Node version that is supported.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm pack --silent --pack-destination "$work" "$root" >/dev/null
tarball=$(ls "$work"/callback-simulator-*.tgz)
mkdir app
npm install --silent --no-audit --no-fund --prefix app "$tarball"
bin=app/node_modules/callback-simulator/bin/callsim.js
size=$(du -sk app/node_modules | cut -f1)
echo "installed with all dependencies: ${size} KiB"
[ "$size" -lt 12288 ] || { echo "more than 12 MB"; exit 1; }

for version in 20 22 24 26; do
	npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" >/dev/null
	node="$work/node$version/node_modules/.bin/node"
	"$node" "$bin" --version >/dev/null
	"$node" "$bin" list --json | "$node" -e 'if (JSON.parse(require("fs").readFileSync(0, "utf8")).events.length === 0) process.exit(1)'
	"$node" "$bin" show iak/pulsa-success --encoding xml --print body | grep -q '<mp>'
	"$node" "$bin" show bayarcash/transaction-success --providers "$root/fixtures" --json >/dev/null
	"$node" "$bin" demo --speed max >/dev/null 2>&1
	"$node" "$bin" run iak/pulsa-order bayarcash/payment --speed max --to 127.0.0.1:47471/cb \
		--exec "'$node' '$bin' listen --port 47471" --report junit="$work/$version.xml" --report html="$work/$version.html" >/dev/null 2>&1
	grep -q 'failures="0" errors="0"' "$work/$version.xml"
	(cd app && "$node" --input-type=module -e '
		import { fire, loadCatalogue } from "callback-simulator";
		const nobody = await fire("iak/pulsa-success", { to: "http://127.0.0.1:1/", retry: "none" });
		if (nobody.exitCode !== 3 || (await loadCatalogue()).events.length === 0) process.exit(1);')
	status=0
	"$node" "$bin" fire transfez/transaction-completed --to 127.0.0.1:1 --retry none >/dev/null 2>&1 || status=$?
	[ "$status" -eq 3 ] || { echo "a closed port gave exit code $status on Node $version"; exit 1; }
	echo "Node $("$node" --version): ok"
done

# The answers that once hung or crashed the command, on a newer Node than the one the tests run on.
cd "$root"
CALLSIM_NODE="$work/node24/node_modules/.bin/node" npx vitest run test/faults/commands.test.ts --reporter=dot
