/** Of V8. They change the whole process: the command may set them, a library may not. */
interface Flags {
	readonly set: readonly string[];
	/** What V8 has without them. */
	readonly undo: readonly string[];
}

/**
 * On Node 20 a process would spend some 55 ms at its end, optimising the parser's WebAssembly for
 * requests that never come; the flag keeps the baseline compiler. Newer versions start faster
 * without it (see bench/README.md).
 */
const shortRuns: Flags = {
	set: ['liftoff-only'],
	undo: ['no-liftoff-only', 'wasm-tier-up', 'wasm-dynamic-tiering'],
};

/**
 * A young generation of the size that it begins with collects as fast as a grown one, and without
 * it a flood's memory grows by a third; an old one that may grow by a fifth between two collections
 * keeps 1,000,000 callbacks within a seventh of what 10,000 take.
 */
const floods: Flags = {
	set: ['semi-space-growth-factor=1', 'heap-growing-percent=20'],
	undo: ['semi-space-growth-factor=2', 'heap-growing-percent=0'],
};

/**
 * What a callback needs lives just long enough to count as old, and V8 lets that grow to four times
 * what is in use before it collects it. A sandbox runs all day: it grows by half.
 */
const longRuns: Flags = {
	set: ['heap-growing-percent=50'],
	undo: ['heap-growing-percent=0'],
};

let isCommand = false;
const isSet = new Set<Flags>();

/** From now on this process is the command's, and no program's that uses the library. */
export function mayTune(): void {
	isCommand = true;
}

export function tuneForShortRuns(nodeVersion: string = process.versions.node): void {
	if (nodeVersion.startsWith('20.')) tune(shortRuns);
}

export const tuneForFloods = (): void => tune(floods);

export const tuneForLongRuns = (): void => tune(longRuns);

/**
 * Best behind whatever is loaded: V8 takes kept code, Node's own included, only under the flags
 * that it was compiled with.
 */
function tune(flags: Flags): void {
	if (!isCommand || isSet.has(flags)) return;
	isSet.add(flags);
	const { set, undo } = flags;
	const { setFlagsFromString } = process.getBuiltinModule('node:v8');
	for (const flag of set) setFlagsFromString(`--${flag}`);
	// First of all that happens then: bin/load-kept.js keeps code for starts without them.
	process.prependListener('exit', () => {
		for (const flag of undo) setFlagsFromString(`--${flag}`);
	});
}
