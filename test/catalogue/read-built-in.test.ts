import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { packedScenario, readBuiltIn } from '../../src/catalogue/read-built-in.ts';
import { readScenario } from '../../src/catalogue/read-scenario.ts';
import { jsonText } from '../../src/compose/write-json.ts';
import { catalogue } from '../support/catalogue.ts';

const packed = (text: string) =>
	readBuiltIn('one', jsonText(packedScenario(readScenario('one.yaml', text))), '/one.yaml');

describe.each(catalogue.scenarios)('$id, packed', ({ file }) => {
	const text = readFileSync(file, 'utf8');

	test('says what its file says', () => {
		expect(packed(text).value).toEqual(readScenario('one.yaml', text).value);
	});

	test('knows where it says it', () => {
		const { place } = readScenario('one.yaml', text);
		for (const pointer of ['', '/name', '/steps', '/steps/0', '/steps/1/fire', '/steps/0/none/x'])
			expect(packed(text).place(pointer)).toEqual(place(pointer));
	});
});

test('numbers stay as they are written', () => {
	const { value } = packed('name: x\nsteps:\n  - fire: a/b\n    set: { amount: 75.50 }\n');
	expect(jsonText(value as never)).toContain('75.50');
});
