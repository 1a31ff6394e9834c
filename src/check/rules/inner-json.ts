import { isObject } from '../../model/value.ts';
import { type Difference, differences, differenceText } from '../../order/state.ts';
import { answerTo } from '../answer-to.ts';
import type { CaseRun } from '../case.ts';
import { isStateName, stillHas } from '../effects-seen.ts';
import { type Finding, failed, inconclusive, passed, skipped } from '../finding.ts';
import type { LearnedEffects } from '../learned-effects.ts';
import type { Rule } from '../rule.ts';
import { khoinsTransaction } from './sources.ts';
import { unseen } from './success.ts';

/** JSON that stands as a text inside JSON. */
export const innerJsonRules: readonly Rule[] = [
	{
		id: 'inner-json',
		title: 'JSON that stands in a text is parsed, too',
		level: 'must',
		providers: ['khoins'],
		why: 'The outcome stands in JSON, and that as a text in `message`: read as if it were an object it has no status, so that a success and a failure say the same, which is nothing.',
		hint: '`message` is a text that holds JSON: parse it once more before you read its status, JSON.parse(body.message).status.',
		source: khoinsTransaction,
		cases: (subject) => {
			const [name] = subject.message.text ?? [];
			if (name === undefined) return 'the provider puts no JSON into a text';
			return [subject.success, subject.failure ?? []].flat().map((event) => ({
				about: `${event} with ${name} as an object`,
				steps: [{ event, wire: { body: (body) => unpacked(body, name) } }],
				answer: 'any',
				needsOrder: true,
				judge: (run, learned) => judgeParsed(run, learned, name),
			}));
		},
	},
];

/** The callback as whoever parses it once believes that it comes. */
function unpacked(body: Uint8Array, name: string): Uint8Array {
	const outer: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
	const inner = isObject(outer as never) ? (outer as Record<string, unknown>)[name] : undefined;
	if (typeof inner !== 'string') return body;
	return Buffer.from(JSON.stringify({ ...(outer as object), [name]: JSON.parse(inner) }), 'utf8');
}

/** Who cannot tell a success from a failure, and does where the text is an object, parses once. */
function judgeParsed(run: CaseRun, learned: LearnedEffects, name: string): Finding {
	const { before, final } = run;
	if (before === undefined || final === undefined) return inconclusive(unseen);
	if (learned.visible && !learned.isAlike) return passed('a success is told from a failure');
	const changed = differences(before, final, learned.isVolatile);
	const left = [...learned.success];
	const isTaken = (answerTo(run)?.status ?? 500) < 400;
	const isOther =
		!learned.visible ||
		left.some((effect) => !stillHas(effect, final)) ||
		changed.some(({ path, after }) => isStateName(path) && learned.success.get(path) !== after);
	if (changed.length === 0 || !isTaken || !isOther)
		return skipped(`${name} as an object is booked no better`);
	const shown = left.map(([path, json]) => `${path} ${json}`).join(', ');
	const usual = learned.visible
		? `a failure leaves all that a success does (${shown})`
		: 'nothing happens to the order';
	return failed(
		`${usual}, and with ${name} as an object ${list(changed)}: the JSON in that text is not parsed`,
	);
}

const list = (all: readonly Difference[]) => all.slice(0, 2).map(differenceText).join(', ');
