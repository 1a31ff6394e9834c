import { resolve as resolvePath } from 'node:path';
import { assignmentsOf } from '../compose/assignment.ts';
import { headersFrom } from '../compose/headers.ts';
import { parseTarget } from '../delivery/target.ts';
import { parseDuration } from '../model/duration.ts';
import { ifGiven } from '../model/if-given.ts';
import { mostDuplicates, paceOf, parseCount } from '../model/number-settings.ts';
import { Problem } from '../model/problem.ts';
import { parseRetry } from '../model/retry.ts';
import type { ScenarioFile, StepFile } from '../model/scenario.ts';
import type { Settings } from '../model/settings.ts';
import type { Value } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';
import { defined } from '../settings/layered.ts';

/** Words that say something about the step, or about the scenario, and nothing of a callback. */
type Others =
	| (
			| 'name'
			| 'id'
			| 'fire'
			| 'call'
			| 'pay'
			| 'after'
			| 'repeat'
			| 'seed'
			| 'parallel'
			| 'shuffle'
			| 'steps'
	  )
	| ('expect' | 'probe' | 'receiver' | 'setup' | 'vars' | 'provider' | '$schema');
const others: ReadonlySet<string> = new Set<Others>([
	...([
		'name',
		'id',
		'fire',
		'call',
		'pay',
		'after',
		'repeat',
		'seed',
		'parallel',
		'shuffle',
		'steps',
	] as const),
	...(['expect', 'probe', 'receiver', 'setup', 'vars', 'provider', '$schema'] as const),
]);

/** What a step, or a scenario for all of its steps, says of callbacks and their delivery. */
export type Said = Omit<StepFile & ScenarioFile, Others>;

export function saidIn(file: StepFile | ScenarioFile): Said {
	return Object.fromEntries(Object.entries(file).filter(([key]) => !others.has(key)));
}

/**
 * @param folder for `@file`
 * @param written as the scenario has it, before names were filled in: a receiver's answer must not
 * become the name of a file
 * @throws Problem of the setting's parser
 */
export function settingsSaid(said: Said, folder: string, written: Said = said): Settings {
	const { set, add, unset, tamper, body, rawBody, variant, header, ref, amount, ...more } = said;
	const { to, returnTo, retry, speed, realTime, timeout, delay, duplicate, waitFor, ...plain } =
		more;
	return defined({
		...plain,
		ref: text(ref),
		amount: text(amount),
		set: assignmentsOf(set, 'set'),
		add: assignmentsOf(add, 'add'),
		unset: ifGiven(unset, (paths) => [paths].flat()),
		tamper: assignmentsOf(tamper, 'tamper'),
		body: bodySource(text(body), text(written.body), folder),
		rawBody: rawBodySource(rawBody, written.rawBody, folder),
		variants: ifGiven(variant, (all) => [all].flat().flatMap((names) => names.split(/\s*,\s*/))),
		headers: headersFrom(header),
		to: ifGiven(to, parseTarget),
		returnTo: ifGiven(returnTo, (url) => parseTarget(url, 'returnTo')),
		retry: ifGiven(retry, parseRetry),
		speed: paceOf(text(speed), realTime),
		timeout: duration(timeout, 'timeout'),
		delay: duration(delay, 'delay'),
		duplicate: ifGiven(duplicate, (n) => parseCount(String(n), 'duplicate', mostDuplicates)),
		waitFor: duration(waitFor, 'waitFor'),
	});
}

const text = (value: unknown) => ifGiven(value as Value | undefined, textOf);
const duration = (value: string | number | undefined, what: string) =>
	ifGiven(value, (span) => parseDuration(String(span), what));

function bodySource(
	body: string | undefined,
	written: string | undefined,
	folder: string,
): Settings['body'] {
	if (body === undefined) return undefined;
	return written?.startsWith('@') === true ? besides(body, folder) : { kind: 'text', text: body };
}

/** @throws Problem `usage` */
function rawBodySource(
	body: string | undefined,
	written: string | undefined,
	folder: string,
): Settings['rawBody'] {
	if (body === undefined) return undefined;
	if (written?.startsWith('@') === true) return besides(body, folder);
	throw new Problem('usage', 'rawBody is a file: @name', {
		hint: 'Write rawBody: "@name", from the folder of the scenario.',
	});
}

/** A file of the scenario's stands beside it, wherever it is run from. */
const besides = (given: string, folder: string) =>
	({ kind: 'file', path: resolvePath(folder, given.slice(1)) }) as const;
