#!/usr/bin/env bash
# Builds the package twice, the second time in another folder, and compares the two tarballs byte for byte.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

packed() {
	local folder=$1 out=$2
	mkdir -p "$out"
	(cd "$folder" && npm run --silent build && npm pack --silent --ignore-scripts --pack-destination "$out" >/dev/null)
	sha256sum "$out"/*.tgz | cut -d ' ' -f 1
}

first=$(packed "$root" "$work/first")
mkdir "$work/elsewhere"
git -C "$root" ls-files -z | tar -C "$root" --null --files-from - -cf - | tar -C "$work/elsewhere" -xf -
# No link to it: a bundler names its files by where they really are.
modules=$(readlink -f "$root/node_modules")
cp -al "$modules" "$work/elsewhere/node_modules" 2>/dev/null || cp -a "$modules" "$work/elsewhere/node_modules"
second=$(packed "$work/elsewhere" "$work/second")
if [ "$first" != "$second" ]; then
	echo "two builds of the same sources differ"
	mkdir "$work/a" "$work/b"
	tar -C "$work/a" -xzf "$work"/first/*.tgz
	tar -C "$work/b" -xzf "$work"/second/*.tgz
	diff -rq "$work/a" "$work/b"
	exit 1
fi
echo "sha256 $first, twice"
