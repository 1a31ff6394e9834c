import fc from 'fast-check';

/** Not fc's own unit `binary`, which takes a second of processor time to get ready, wherever it is used. */
export const anyCharacter = fc
	.integer({ min: 0, max: 0x10ffff - 0x800 })
	// None is half of another.
	.map((point) => String.fromCodePoint(point < 0xd800 ? point : point + 0x800));
