const lf = 0x0a;
const cr = 0x0d;
const semicolon = 0x3b;
const space = 0x20;
const tab = 0x09;
const isBlank = (byte: number | undefined) => byte === space || byte === tab || byte === cr;

/** As curl counts the digits of a size. */
const longestSize = 16;

/** Bytes of a line that are held until it ends; a receiver may never end one. */
const longestLine = 4_096;

/** A body in chunks, with what had to be put right in the lines about them. */
export interface ChunkReading {
	/** The bytes as a strict parser is to read them; what is no chunk is left as it came. */
	read(bytes: Buffer): Buffer;
	readonly defects: ReadonlySet<string>;
	/** Nothing more has to be looked at. */
	isOver(): boolean;
}

/**
 * Reads the lines between chunks as leniently as curl (held against 7.88): what stands behind a
 * size is skipped, and LF alone ends a line.
 */
export function chunkReading(): ChunkReading {
	const defects = new Set<string>();
	let awaits: 'size' | 'data' | 'end of data' | 'trailer' | 'nothing' = 'size';
	let line: number[] = [];
	let left = 0;

	const endOfLine = (): Buffer => {
		if (line.at(-1) === cr) line.pop();
		else defects.add('lines of its chunks end in LF alone, not in CRLF');
		const read = awaits === 'size' ? sizeIn(line, defects) : Buffer.from(line);
		if (awaits === 'trailer') {
			if (line.length === 0) awaits = 'nothing';
			else if ((line[0] === space || line[0] === tab) && !line.includes(cr)) {
				defects.add('a header behind its last chunk is folded');
				line = [];
				return Buffer.alloc(0);
			}
		} else if (awaits === 'end of data') {
			if (line.length > 0) defects.add('more than one CR stands behind a chunk');
			awaits = 'size';
			line = [];
			return Buffer.from('\r\n');
		} else {
			left = Number.parseInt(read.toString('latin1'), 16);
			const next = left === 0 ? 'trailer' : 'data';
			awaits = Number.isNaN(left) ? 'nothing' : next;
		}
		line = [];
		return Buffer.concat([read, Buffer.from('\r\n')]);
	};

	return {
		read(bytes) {
			const parts: Buffer[] = [];
			let at = 0;
			while (at < bytes.length) {
				if (awaits === 'data' || awaits === 'nothing') {
					const part = bytes.subarray(at, awaits === 'data' ? at + left : undefined);
					parts.push(part);
					at += part.length;
					left -= part.length;
					if (awaits === 'data' && left === 0) awaits = 'end of data';
					continue;
				}
				const byte = bytes[at++] ?? 0;
				if (byte === lf) parts.push(endOfLine());
				else line.push(byte);
				const isNoEnd = awaits === 'end of data' && line.some((one) => one !== cr);
				if (isNoEnd || line.length > longestLine) {
					parts.push(Buffer.from(line));
					line = [];
					awaits = 'nothing';
				}
			}
			return Buffer.concat(parts);
		},
		defects,
		isOver: () => awaits === 'nothing',
	};
}

/** The digits with what an extension adds; the line as it came where it has no digits. */
function sizeIn(line: readonly number[], defects: Set<string>): Buffer {
	const whole = Buffer.from(line);
	const [digits = ''] = /^[\da-f]*/i.exec(whole.toString('latin1')) ?? [];
	const rest = whole.subarray(digits.length);
	// Zeros in front count for curl, and not for a strict parser: both are to call it too large.
	if (digits.length > longestSize)
		return digits.startsWith('0') ? Buffer.from('f'.repeat(longestSize + 1)) : whole;
	if (digits === '' || rest.length === 0) return whole;
	if (rest[0] === semicolon && !/(?!\t)\p{Cc}/u.test(rest.toString('utf8'))) return whole;
	defects.add(
		rest.every(isBlank)
			? 'blanks stand behind the size of a chunk'
			: 'something stands behind the size of a chunk that is no extension',
	);
	return whole.subarray(0, digits.length);
}
