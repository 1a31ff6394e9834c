import { expect, test } from 'vitest';
import { chunkReading } from '../../src/delivery/chunk-lines.ts';

const read = (text: string, by = text.length) => {
	const reading = chunkReading();
	let all = '';
	for (let at = 0; at < text.length; at += by)
		all += reading.read(Buffer.from(text.slice(at, at + by), 'latin1')).toString('latin1');
	return { all, defects: [...reading.defects], isOver: reading.isOver() };
};

const proper = '2;a=b\r\nOK\r\n0003\r\n\n\r\n\r\n0\r\nx-t: 1\r\n\r\n';

test.each([1, 2, 3, 7, 100])('proper chunks stay as they are, %i bytes at a time', (by) => {
	expect(read(proper, by)).toEqual({ all: proper, defects: [], isOver: true });
});

test.each([1, 2, 3, 100])('careless lines are put right, %i bytes at a time', (by) => {
	const { all, defects } = read('2 \t\nOK\n3\r\n\n\r\n\r\n0 \nx-t: 1\n\n', by);
	expect(all).toBe('2\r\nOK\r\n3\r\n\n\r\n\r\n0\r\nx-t: 1\r\n\r\n');
	expect(defects).toEqual([
		'lines of its chunks end in LF alone, not in CRLF',
		'blanks stand behind the size of a chunk',
	]);
});

test.each([1, 2, 3, 100])('CRs too many are left out, %i bytes at a time', (by) => {
	const { all, defects } = read('2\r\r\nOK\r\r\r\n1;a=b\r\r\n!\r\n0\r\r\n\tx\r\nx: 1\r\n\r\n', by);
	expect(all).toBe('2\r\nOK\r\n1\r\n!\r\n0\r\nx: 1\r\n\r\n');
	expect(defects).toEqual([
		'blanks stand behind the size of a chunk',
		'more than one CR stands behind a chunk',
		'something stands behind the size of a chunk that is no extension',
		'a header behind its last chunk is folded',
	]);
});

test('a size of too many digits is none for a strict parser either', () => {
	expect(read('00000000000000002\r\nOK').all).toBe(`${'f'.repeat(17)}\r\nOK`);
});

test.each([
	'2\r\nOK \r\n',
	'2\r\nOK\r\n0\r\n\r\r\n',
	'2\r\nOK\r\n0\r\nx: 1\r\r\n\r\n',
	'0\r\nOK\r\n\r\n',
])('what curl does not take is left to whoever can say so: %j', (text) => {
	expect(read(text).all).toBe(text);
});

test.each(['x\r\nOK', '2\r\nOKAY\r\n', '\r\n2\r\nOK', '11111111111111111 \r\nOK'])(
	'what is no chunk is left to whoever can say so: %j',
	(text) => {
		expect(read(text)).toMatchObject({ all: text, defects: [] });
	},
);

test.each([
	['a size', '', '0'],
	['an extension', '2;', 'a'],
	['blanks behind a chunk', '2\r\nOK', ' '],
	['a trailer', '0\r\nx-t: ', 'b'],
])('a line without an end is not held: %s', (_what, beginning, byte) => {
	const reading = chunkReading();
	const given = beginning + byte.repeat(100_000);
	expect(reading.read(Buffer.from(given)).toString()).toBe(given);
	expect(reading.isOver()).toBe(true);
});
