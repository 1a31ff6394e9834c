import { expect, test } from 'vitest';
import { accessOf, filledAccess, makeLine, type OrderAccess } from '../../src/order/access.ts';

test('an order is reached by URL before command, or not at all', () => {
	expect(accessOf({ url: 'http://shop', command: 'make' })).toEqual({
		kind: 'url',
		url: 'http://shop',
	});
	expect(accessOf({ command: 'make' })).toEqual({ kind: 'command', command: 'make' });
	expect(accessOf({})).toBeUndefined();
});

test('a name is quoted as the place in the command wants it', () => {
	const filled = (command: string) =>
		filledAccess({ kind: 'command', command }, { reference: 'A$1', amount: '5' });
	expect(filled('make {reference} {amount} {other}')).toEqual({
		kind: 'command',
		command: "make 'A$1' 5 {other}",
	});
	// Inside of quotes that are open already a shell would still read the dollar.
	expect(filled('make "{reference}"')).toEqual({ kind: 'command', command: 'make "A\\$1"' });
});

test('an order is made once more by the same line', () => {
	expect(makeLine({ kind: 'url', url: 'http://shop/new?ref=A' })).toBe(
		"curl -sS -X POST 'http://shop/new?ref=A'",
	);
	expect(makeLine({ kind: 'command', command: "make 'A'" })).toBe("make 'A'");
	const byProgram: OrderAccess = { kind: 'function', call: () => undefined };
	expect(makeLine(byProgram)).toBe("# the order was made by the program's own function");
	expect(filledAccess(byProgram, { reference: 'A', amount: '' })).toBe(byProgram);
});
