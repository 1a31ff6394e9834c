import { jsonIn } from '../model/json-in.ts';
import { own } from '../model/own.ts';
import { nearestName } from '../model/suggest.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';
import type { ResolveName } from './fill-names.ts';
import { valueIn } from './matching.ts';

/** What a later step may ask of an earlier one. */
export interface StepMemory {
	readonly request?: ValueObject | undefined;
	readonly response?:
		| { readonly status: number; readonly headers: ValueObject; readonly body: string }
		| undefined;
	readonly probe?: Value | undefined;
}

/** A name that stood for something when the scenario was read, and for nothing at its step. */
export class NothingThere extends Error {
	override readonly name = 'NothingThere';
}

/** What is known when names are filled in. */
export interface NameSources {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly vars: ValueObject;
	readonly run: string;
	/** Number or id of a step → what it left behind. */
	readonly steps: ReadonlyMap<string, StepMemory>;
	seq(): number;
}

/** What `${…}` stands for. @throws NothingThere for what an earlier step did not leave behind */
export function resolver(known: NameSources): ResolveName {
	return (name) => {
		if (name === 'seq') return known.seq();
		if (name === 'run') return known.run;
		const [root = '', ...path] = name.split('.');
		if (root === 'env') {
			const text = own(known.env, path.join('.'));
			if (text === undefined)
				throw new NothingThere(`\${${name}}: the environment has no such variable`);
			return text;
		}
		if (root === 'vars') {
			const value = valueIn(known.vars, path.join('.'));
			if (value === undefined) throw new NothingThere(`\${${name}} leads to nothing`);
			return value;
		}
		return ofStep(name, known.steps.get(path[0] ?? ''), path.slice(1));
	};
}

function ofStep(
	name: string,
	memory: StepMemory | undefined,
	[room = '', ...rest]: string[],
): Value {
	const path = rest.join('.');
	const value =
		room === 'response'
			? ofResponse(memory, path)
			: inside(own({ probe: memory?.probe, request: memory?.request }, room), path);
	if (value === undefined)
		throw new NothingThere(`\${${name}}: there is no such thing in what that step left behind`);
	return value;
}

const inside = (value: Value | undefined, path: string) =>
	path === '' ? value : valueIn(value, path);

/** `status`, `headers.<name>`, `body`, or a path into its JSON, with or without `body.`. */
function ofResponse(memory: StepMemory | undefined, path: string): Value | undefined {
	const response = memory?.response;
	if (response === undefined) return undefined;
	if (path === 'status') return response.status;
	if (path === 'body' || path === '') return response.body;
	if (path.startsWith('headers.'))
		return own(response.headers, path.slice('headers.'.length).toLowerCase());
	const json = jsonIn(response.body);
	const within = path.replace(/^(body|json)(\.|$)/, '');
	return (
		valueIn(json, within) ?? (isObject(json) && Object.hasOwn(json, path) ? json[path] : undefined)
	);
}

/** What may be named at one place of a scenario. */
export interface Namespace {
	/** As they are written. */
	readonly vars: ValueObject;
	/** Numbers and ids of the steps before. */
	readonly steps: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
}

const roots = ['seq', 'run', 'vars', 'env', 'steps'];

/** What is wrong with a name, or undefined. */
export function nameFault(name: string, namespace: Namespace): string | undefined {
	const [root = '', first = '', room] = name.split('.');
	const has = `has "\${${name}}"`;
	switch (root) {
		case 'seq':
		case 'run':
			return name === root ? undefined : `${has}: ${root} has no parts`;
		case 'vars':
			return varFault(name, first, namespace.vars);
		case 'env':
			return name === `env.${first}` &&
				Object.hasOwn(namespace.env, first) &&
				namespace.env[first] !== undefined
				? undefined
				: `${has}, but the environment has no ${first}`;
		case 'steps':
			if (!namespace.steps.includes(first)) return `${has}, but no step before it is "${first}"`;
			return room === 'response' || room === 'probe' || room === 'request'
				? undefined
				: `${has}: of a step there are response, probe and request`;
		default:
			return `${has}, which is no name${meant(root, roots)}: there are seq, run, vars.…, env.… and steps.N.…, and $\${ for a \${ of the shell's`;
	}
}

function varFault(name: string, first: string, vars: ValueObject): string | undefined {
	if (!Object.hasOwn(vars, first))
		return `has "\${${name}}", but vars has no "${first}"${meant(first, Object.keys(vars))}`;
	const path = name.split('.').slice(1);
	// A part that is itself made of names is known only when it has been made.
	const isMade = path.some((_, at) => isTemplate(valueIn(vars, path.slice(0, at).join('.'))));
	if (isMade || valueIn(vars, path.join('.')) !== undefined) return undefined;
	return `has "\${${name}}", which leads to nothing in vars`;
}

const isTemplate = (value: Value | undefined): boolean =>
	typeof value === 'string' && value.includes('${');

function meant(text: string, known: readonly string[]): string {
	const near = nearestName(text, known);
	return near === undefined ? '' : ` (did you mean "${near}"?)`;
}
