import { expect, test } from 'vitest';
import { gathered } from '../../src/cli/gathered.ts';

const sink = (isTTY: boolean) => {
	const written: string[] = [];
	const write = (text: string | Uint8Array) => void written.push(String(text));
	return { written, isTTY, columns: 80, write };
};

test('what is written within one turn goes out as one, in its order', async () => {
	const out = sink(false);
	const lines = gathered(out);
	lines.write('a\n');
	lines.write(new TextEncoder().encode('b\n'));
	expect(out.written).toEqual([]);
	await new Promise((resolve) => setImmediate(resolve));
	lines.write('c\n');
	lines.flush();
	expect(out.written).toEqual(['a\nb\n', 'c\n']);
});

test('on a screen everything stands at once', () => {
	const out = sink(true);
	const lines = gathered(out);
	lines.write('a\n');
	expect(out.written).toEqual(['a\n']);
	lines.flush();
	expect([lines.isTTY, lines.columns, out.written.length]).toEqual([true, 80, 1]);
});
