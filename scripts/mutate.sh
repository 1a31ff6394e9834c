#!/usr/bin/env bash
# Mutation testing with StrykerJS: changes the sources in small ways and tells which changes no test notices. Without
# arguments everything that stryker.config.json names; a folder or files beside: npm run mutate -- src/compose
# It stays out of package.json: it is a hundred packages and needs a newer Node, which it brings along.
set -euo pipefail
cd "$(dirname "$0")/.."

tool=.stryker
if [ ! -x "$tool/node_modules/n24/bin/node" ]; then
	mkdir -p "$tool"
	[ -f "$tool/package.json" ] || echo '{ "private": true }' >"$tool/package.json"
	# Without its peers: it must find the vitest of this folder.
	npm install --prefix "$tool" --no-save --legacy-peer-deps --no-audit --no-fund --silent \
		n24@npm:node@24 @stryker-mutator/core@10.1.1 @stryker-mutator/vitest-runner@10.1.1
fi

files=()
for path in "$@"; do
	if [ -d "$path" ]; then files+=("${path%/}/**/*.ts"); else files+=("$path"); fi
done
chosen=()
[ ${#files[@]} -eq 0 ] || chosen=(--mutate "$(IFS=,; echo "${files[*]}")")

# In a network of its own, with nothing in it but loopback: a mutant of the guard would dial what the tests call remote.
PATH="$PWD/$tool/node_modules/n24/bin:$PATH" unshare -rn sh -ec 'ip link set lo up; exec "$@"' sh \
	node "$tool/node_modules/@stryker-mutator/core/bin/stryker.js" run stryker.config.json "${chosen[@]}"
