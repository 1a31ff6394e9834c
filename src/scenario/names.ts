import { nearestName } from '../model/suggest.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';
import { jsonIn } from './json-in.ts';
import { valueIn } from './matching.ts';
import type { Resolve } from './template.ts';

/** What a later step may ask of an earlier one. */
export interface StepMemory {
	readonly request?: ValueObject | undefined;
	readonly response?: { readonly status: number; readonly headers: ValueObject; readonly body: string } | undefined;
	readonly probe?: Value | undefined;
}

/** A name that stood for something when the scenario was read, and for nothing when its step came. */
export class NothingThere extends Error {
	override readonly name = 'NothingThere';
}

/** What is known when names are filled in. */
export interface Known {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly vars: ValueObject;
	readonly run: string;
	/** Number or id of a step → what it left behind. */
	readonly steps: ReadonlyMap<string, StepMemory>;
	seq(): number;
}

/** What `${…}` stands for. @throws NothingThere for what an earlier step did not leave behind */
export function resolver(known: Known): Resolve {
	return (name) => {
		if (name === 'seq') return known.seq();
		if (name === 'run') return known.run;
		const [root = '', ...path] = name.split('.');
		if (root === 'env') return known.env[path.join('.')] ?? '';
		if (root === 'vars') {
			const value = valueIn(known.vars, path.join('.'));
			if (value === undefined) throw new NothingThere(`\${${name}} leads to nothing`);
			return value;
		}
		return ofStep(name, known.steps.get(path[0] ?? ''), path.slice(1));
	};
}

function ofStep(name: string, memory: StepMemory | undefined, [room = '', ...rest]: string[]): Value {
	const path = rest.join('.');
	const value = room === 'response' ? ofResponse(memory, path) : inside(memory?.[room as 'probe' | 'request'], path);
	if (value === undefined) throw new NothingThere(`\${${name}}: there is no such thing in what that step left behind`);
	return value;
}

const inside = (value: Value | undefined, path: string) => (path === '' ? value : valueIn(value, path));

/** `status`, `headers.<name>`, `body`, or a path into its JSON, with or without `body.` in front. */
function ofResponse(memory: StepMemory | undefined, path: string): Value | undefined {
	const response = memory?.response;
	if (response === undefined) return undefined;
	if (path === 'status') return response.status;
	if (path === 'body' || path === '') return response.body;
	if (path.startsWith('headers.')) return response.headers[path.slice('headers.'.length).toLowerCase()];
	const json = jsonIn(response.body);
	return valueIn(json, path.replace(/^(body|json)\./, '')) ?? (isObject(json) ? json[path] : undefined);
}

/** What may be named at one place of a scenario. */
export interface Namespace {
	readonly vars: readonly string[];
	/** Numbers and ids of the steps before. */
	readonly steps: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
}

const roots = ['seq', 'run', 'vars', 'env', 'steps'];

/** What is wrong with a name, or undefined. */
export function nameFault(name: string, { vars, steps, env }: Namespace): string | undefined {
	const [root = '', first = '', room] = name.split('.');
	const meant = (text: string, known: readonly string[]) => {
		const near = nearestName(text, known);
		return near === undefined ? '' : ` (did you mean "${near}"?)`;
	};
	if (!roots.includes(root))
		return `has "\${${name}}", which is no name${meant(root, roots)}: there are seq, run, vars.…, env.… and steps.N.…`;
	if (root === 'vars' && !vars.includes(first))
		return `has "\${${name}}", but vars has no "${first}"${meant(first, vars)}`;
	if (root === 'env' && env[first] === undefined) return `has "\${${name}}", but the environment has no ${first}`;
	if (root !== 'steps') return undefined;
	if (!steps.includes(first)) return `has "\${${name}}", but no step before it is "${first}"`;
	if (room !== 'response' && room !== 'probe' && room !== 'request')
		return `has "\${${name}}": of a step there are response, probe and request`;
	return undefined;
}
