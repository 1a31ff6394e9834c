// What a package loads at once for something we never ask of it: undici for HTTP/2, commander for
// commands that are programs of their own. Each would cost 5 to 9 ms of every start. chalk asks the
// terminal what it can show; the levels are ours, stream by stream.

const neverUsed = {
	undici: 'node:http2',
	commander: 'node:child_process',
	chalk: '#supports-color',
};
const seen = new Set();
const empty = '\0left-out';

/** @type {import('rolldown').Plugin} */
export const leftOut = {
	name: 'left-out',
	resolveId(path, importer = '') {
		const [, name = ''] = /node_modules.([^/\\]+)./.exec(importer) ?? [];
		if (neverUsed[name] !== path) return undefined;
		seen.add(name);
		return empty;
	},
	load: (id) => (id === empty ? 'module.exports = { constants: {} };' : undefined),
};

/** A new version may load it otherwise: then the build must not go on as if nothing were. */
export function refuseChangedPackages() {
	const changed = Object.keys(neverUsed).filter((name) => !seen.has(name));
	if (changed.length > 0)
		throw new Error(`${changed.join(', ')} no longer loads what scripts/left-out.mjs leaves out`);
}
