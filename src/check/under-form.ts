import { answerTo } from './answer-to.ts';
import type { CaseRun } from './case.ts';
import { recordWithout } from './record.ts';
import { contentTypeOf, type RuleVerdictRecord } from './under-cause.ts';

/** Rules about one other encoding: the genuine callback, and nothing else about it. */
const tellers = /^(?:json|xml)-body$/;

/**
 * The verdicts of a receiver that does not take an encoding at all: what is refused for that is
 * told by the rule about the encoding, and decides nothing about the message that came in it.
 */
export function underForm(
	verdicts: readonly RuleVerdictRecord[],
	runs: readonly CaseRun[],
): readonly RuleVerdictRecord[] {
	return verdicts.reduce((all, { rule, record }) => {
		const isTold = record.verdict === 'failed' || record.verdict === 'warned';
		const untaken = isTold && tellers.test(rule.id) ? untakenBy(rule.id, runs) : undefined;
		if (untaken === undefined) return all;
		const { type, status } = untaken;
		const reason = `it comes as ${type}, of which everything is answered ${status}, see ${rule.id}`;
		return all.map((one) =>
			one.rule.id !== rule.id && isRefusalOf(one, untaken)
				? { ...one, record: recordWithout(one.rule, 'inconclusive', reason) }
				: one,
		);
	}, verdicts);
}

interface Untaken {
	/** As it was sent: `application/json`. */
	readonly type: string;
	/** Of every genuine callback that was sent so. */
	readonly status: number;
}

function untakenBy(teller: string, runs: readonly CaseRun[]): Untaken | undefined {
	const sentAs = (run: CaseRun) => contentTypeOf(run.steps.at(-1)?.results[0]?.request);
	const type = runs.flatMap((run) => (run.rule === teller ? (sentAs(run) ?? []) : []))[0];
	const wanted = runs.filter((run) => run.case.answer === 'acknowledged' && sentAs(run) === type);
	const answers = wanted.map((run) => answerTo(run, -1));
	const [status, ...others] = new Set(answers.map((answer) => answer?.status));
	return type === undefined || status === undefined || status < 400 || others.length > 0
		? undefined
		: { type, status };
}

const isRefusalOf = (
	{ record: { verdict, evidence } }: RuleVerdictRecord,
	{ type, status }: Untaken,
): boolean =>
	/failed|warned|inconclusive/.test(verdict) &&
	evidence.length > 0 &&
	evidence.every(
		({ sent, answer }) =>
			contentTypeOf(sent) === type && answer?.kind === 'answered' && answer.status === status,
	);
