// What a package loads though we never ask it of it, and what that would cost a start on Node 20.

/** Each gets nothing in its place. */
const neverUsed = {
	undici: [
		// HTTP/2, 9 ms with node:http2: the dialler offers HTTP/1.1 alone.
		'./client-h2.js',
		// 4 ms, to ask for the longest head, which we say, and to know answers to Node's own client.
		'node:http',
		// Bodies that are FormData, 85 kB: ours are bytes.
		'../web/fetch/body.js',
	],
	// Commands that are programs of their own: 6 ms.
	commander: ['node:child_process'],
	// It asks the terminal what it can show, 2 ms; the levels are ours, stream by stream.
	chalk: ['#supports-color'],
};
const seen = new Set();
const empty = '\0left-out';

/** @type {import('rolldown').Plugin} */
export const leftOut = {
	name: 'left-out',
	resolveId(path, importer = '') {
		const [, name = ''] = /node_modules.([^/\\]+)./.exec(importer) ?? [];
		if (neverUsed[name]?.includes(path) !== true) return undefined;
		seen.add(`${path} of ${name}`);
		// Each has its own: one for all would make every chunk load the one it is in.
		return `${empty} of ${name}`;
	},
	load: (id) => (id.startsWith(empty) ? 'module.exports = {};' : undefined),
};

/** A new version may load it otherwise: then the build must not go on as if nothing were. */
export function refuseChangedPackages() {
	const changed = Object.entries(neverUsed)
		.flatMap(([name, paths]) => paths.map((path) => `${path} of ${name}`))
		.filter((one) => !seen.has(one));
	if (changed.length > 0)
		throw new Error(
			`scripts/left-out.mjs leaves out what is no longer loaded: ${changed.join(', ')}`,
		);
}
