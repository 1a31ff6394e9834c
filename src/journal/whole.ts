import { isObject, type Value } from '../model/value.ts';
import type { JournalRecord } from './record.ts';

type Test = (value: Value | undefined) => boolean;

const text: Test = (value) => typeof value === 'string';
const number: Test = (value) => typeof value === 'number';
const flag: Test = (value) => typeof value === 'boolean';
const orNone =
	(test: Test): Test =>
	(value) =>
		value === undefined || value === null || test(value);
const listOf =
	(test: Test): Test =>
	(value) =>
		Array.isArray(value) && value.every(test);
const either =
	(...tests: Test[]): Test =>
	(value) =>
		tests.some((test) => test(value));
const eachOf =
	(test: Test): Test =>
	(value) =>
		isObject(value) && Object.values(value).every(test);
const shape =
	(fields: Readonly<Record<string, Test>>): Test =>
	(value) =>
		isObject(value) && Object.entries(fields).every(([name, test]) => test(value[name]));

const both =
	(...tests: Test[]): Test =>
	(value) =>
		tests.every((test) => test(value));

const url: Test = (value) => typeof value === 'string' && URL.canParse(value);
const texts = listOf(text);
const headers = eachOf(either(text, texts));
const sent = shape({ method: text, url: text });
const holdsBody: Test = (value) =>
	isObject(value) && ('body' in value ? orNone(text)(value['body']) : text(value['bodyBase64']));
const process = shape({ pid: number, started: orNone(text) });
const named = eachOf(orNone(text));

const outcome = either(
	both(shape({ kind: (kind) => kind === 'answered', status: number, headers }), holdsBody),
	shape({ kind: (kind) => kind === 'timed-out', phase: text, tookMs: number }),
	shape({
		kind: (kind) => kind === 'unreachable' || kind === 'broken',
		...{ cause: text, detail: text, tookMs: number },
	}),
);
const ruleResult = both(
	shape({ rule: text, title: text, level: text, verdict: text, reason: text, hint: text }),
	shape({ why: text, source: orNone(text), reproduce: text, evidence: listOf(isObject) }),
);

const attempt = { delivery: number, attempt: number, offsetMs: number };
const shapes: Readonly<Record<JournalRecord['type'], Test>> = {
	run: shape({ command: text, title: text, cwd: text, version: text, process }),
	resumed: shape({ process }),
	delivery: shape({
		...{ delivery: number, event: text, options: texts, target: url, order: orNone(named) },
		...{ ids: isObject, request: both(sent, holdsBody), words: texts },
		...{ scenario: orNone(text), step: orNone(number) },
		schedule: shape({ attempts: number, pausesMs: listOf(number), trust: text }),
	}),
	trying: shape(attempt),
	attempt: shape({ ...attempt, headers, outcome, acknowledged: flag, reason: orNone(text) }),
	waiting: shape({ ...attempt, waitMs: number }),
	finished: shape({ delivery: number, why: text }),
	summary: shape({ exitCode: number }),
	received: shape({
		request: both(sent, shape({ headers }), holdsBody),
		...{ event: orNone(text), genuine: flag, cause: orNone(text), why: text, answered: number },
		...{ repeatOf: orNone(number), forwarded: orNone(shape({ url: text, tookMs: number })) },
	}),
	checked: shape({
		...{ provider: text, target: text, counts: eachOf(number), exitCode: number },
		rules: listOf(ruleResult),
	}),
	pruned: shape({ files: number, bytes: number }),
};

/** Whether a record has what is read of it: whoever edits a journal may leave anything there. */
export function isWhole(value: Value): boolean {
	if (!isObject(value) || !text(value['at'])) return false;
	const type = String(value['type']);
	const test = Object.hasOwn(shapes, type) ? shapes[type as JournalRecord['type']] : undefined;
	return test?.(value) === true && (type === 'pruned' || text(value['run']));
}
