import type { Place } from '../documents/json-place.ts';
import { escaped } from '../documents/pointer.ts';
import { readJson } from '../model/read-json.ts';
import type { ScenarioFile } from '../model/scenario.ts';
import { isObject, type Value } from '../model/value.ts';
import type { ScenarioDocument } from './scenario-file.ts';

/** A scenario of ours as the build packs it: validated, read, and every place looked up. */
interface PackedScenario {
	readonly value: ScenarioFile;
	/** Line and column by JSON pointer. */
	readonly places: Readonly<Record<string, readonly [number, number]>>;
}

/** To load YAML and the schemas, and to compile these, would be most of a start. */
export function readBuiltIn(file: string, packed: string, path: string): ScenarioDocument {
	const { value, places } = readJson(packed) as unknown as PackedScenario;
	return { file, path, value, faults: [], place: (pointer) => placeIn(places, pointer) };
}

/** Of what stands there, or of its nearest parent that does. */
function placeIn(places: PackedScenario['places'], pointer: string): Place {
	const [line, column] = places[pointer] ?? [];
	if (line !== undefined && column !== undefined) return { line, column };
	return pointer === '' ? { line: 1, column: 1 } : placeIn(places, pointer.replace(/\/[^/]*$/, ''));
}

/** Where a shipped scenario is packed: under a name that nobody takes for a scenario. */
export const packedBeside = (file: string): string => `${file}.packed`;

/** What `readBuiltIn` reads, as a value. */
export function packedScenario({ value, place }: Pick<ScenarioDocument, 'value' | 'place'>): Value {
	const places = pointersIn(value as unknown as Value).map((pointer) => {
		const { line, column } = place(pointer);
		return [pointer, [line, column]];
	});
	return { value: value as unknown as Value, places: Object.fromEntries(places) };
}

function pointersIn(value: Value, pointer = ''): string[] {
	const inside = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
	return [
		pointer,
		...inside.flatMap(([key, one]) => pointersIn(one as Value, `${pointer}/${escaped(key)}`)),
	];
}
