import type { CaseRun, RuleCase } from '../case.ts';
import { failed, inconclusive, passed } from '../finding.ts';
import { signatureWord } from '../own-words.ts';
import type { ReviewFinding, Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { owasp } from './sources.ts';
import { garbage, json, success } from './steps.ts';

/** What makes a careless receiver talk. Every other rule's refusals are read as well. */
function provocations(subject: Subject): readonly RuleCase[] {
	const quiet = { answer: 'any' } as const;
	return [
		garbage('broken JSON', subject, '{"a":', { ...quiet, step: { wire: json } }),
		{ about: 'an unknown order', steps: [success(subject)], answer: 'any', unknownOrder: true },
		...(subject.signature === 'none'
			? []
			: [
					{
						about: 'another key',
						steps: [success(subject, { wrongKey: true })],
						answer: 'any',
					} satisfies RuleCase,
				]),
		...(subject.signature === 'field' && subject.signatureName !== undefined
			? ["' OR '1'='1", 'a'.repeat(10_000)].map(
					(text): RuleCase => ({
						about: `checksum ${text.slice(0, 12)}`,
						steps: [success(subject, { tamper: [`${subject.signatureName}=${text}`] })],
						answer: 'any',
					}),
				)
			: []),
	];
}

/** Reads everything that was answered. @param what finds the leak in one answer */
function judgeLeaks(
	what: (text: string, step: CaseRun['steps'][number], subject: Subject) => string | undefined,
	name: string,
) {
	return (runs: readonly CaseRun[], subject: Subject): ReviewFinding => {
		let read = 0;
		for (const run of runs) {
			for (const step of run.steps) {
				for (const { outcome } of step.results) {
					if (outcome.kind !== 'answered') continue;
					if (outcome.status >= 400) read++;
					const text = `${Buffer.from(outcome.body).toString('utf8')}\n${Object.values(outcome.headers).flat().join('\n')}`;
					const found = what(text, step, subject);
					if (found !== undefined)
						return {
							...failed(`${run.case.about}: answered ${outcome.status} with ${found}`),
							run,
						};
				}
			}
		}
		return read === 0
			? inconclusive('nothing was refused, so there was nothing to read')
			: passed(`${read} refusals hold no ${name}`);
	};
}

/** Short words stand in any sentence; name and secret together are what Basic sends. */
function spellingsOf(secrets: readonly string[]): string[] {
	return secrets.filter((secret) => secret.length >= 8);
}

/** Stack frames of Node, Python, PHP, Java, Go and Ruby; paths may hold blanks. */
const stacks = [
	/\bat (?:.{0,80} \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^)\n]{1,300}?:\d+:\d+/,
	/Traceback \(most recent call last\)/,
	/\bFile "[^"]+", line \d+/,
	/#\d+ (?:\/|[A-Z]:\\)[^(\n]{1,300}\.php\(\d+\)/,
	/Stack trace:/i,
	/ in (?:<b>)?(?:\/|[A-Z]:\\)[^<\n]{1,300}?\.php(?:<\/b>)? on line/,
	/goroutine \d+ \[/,
	/\.rb:\d+:in [`']/,
	/"trace":\s*\[\s*\{\s*"file"/,
	/\sat [\w.$<>]+\([^)\n]{1,200}\.(?:java|kt|scala):\d+\)/,
	/\sat [^\n]{1,200} in [^\n]{1,300}\.cs:line \d+/,
	/panicked at /,
];

const sql = [
	/SQLSTATE\[/,
	/\bSQLITE_[A-Z]+/,
	/You have an error in your SQL syntax/i,
	/syntax error at or near/i,
	/\b(?:UNIQUE|NOT NULL|CHECK) constraint failed/i,
	/\bER_[A-Z_]{4,}\b/,
	/\bORA-\d{5}/,
	/\b(?:Incorrect string value|Duplicate entry|Data too long for column)\b/,
	/\b(?:duplicate key value|violates (?:unique|not-null|foreign key|check) constraint|invalid byte sequence for encoding)\b/,
	/near "[^"]{0,80}": syntax error/,
	/Unclosed quotation mark after/,
	/\bSELECT\s[\s\S]{1,200}?\sFROM\s/,
	/\bselect\s[^.\n]{1,200}?\sfrom\s[`"\w.]+\s+(?:where|limit|order by)\b/i,
	/\binsert\s+into\s+[`"\w.]+\s*\(/i,
	/\bupdate\s+[`"\w.]+\s+set\s+[`"\w.]+\s*=/i,
	/\bdelete\s+from\s+[`"\w.]+\s+where\b/i,
];

const matching = (patterns: readonly RegExp[], name: string) => (text: string) => {
	const found = patterns
		.map((pattern) => pattern.exec(text)?.[0])
		.find((match) => match !== undefined);
	return found === undefined ? undefined : `${name}: ${found.slice(0, 80)}`;
};

/** What refusals tell a stranger. */
export const leakRules: readonly Rule[] = [
	{
		id: 'refusal-stack-trace',
		title: 'No answer holds a stack trace',
		level: 'must',
		why: 'Paths, versions and library names are a map for the next visitor.',
		hint: 'Answer a plain text in production (NODE_ENV=production, APP_DEBUG=false, display_errors=0) and log the rest.',
		source: owasp,
		cases: provocations,
		readsAll: true,
		standsAlone: true,
		review: judgeLeaks(matching(stacks, 'a stack trace'), 'stack trace'),
	},
	{
		id: 'refusal-sql',
		title: 'No answer holds SQL',
		level: 'must',
		why: 'A database error in the answer tells tables and columns, and that text reaches the database.',
		hint: 'Catch database errors, answer 500 without their text; bind values.',
		source: owasp,
		cases: provocations,
		readsAll: true,
		standsAlone: true,
		review: judgeLeaks(matching(sql, 'SQL'), 'SQL'),
	},
	{
		id: 'refusal-secret',
		title: 'No answer holds a secret',
		level: 'must',
		why: 'A debug answer that prints the configuration gives the key to whoever sends nonsense.',
		hint: 'Never put configuration or the request’s context into an answer.',
		source: owasp,
		cases: provocations,
		readsAll: true,
		standsAlone: true,
		review: judgeLeaks(
			(text, _step, { secrets }) =>
				spellingsOf(secrets).some((secret) => text.includes(secret))
					? 'a credential in it'
					: undefined,
			'secret',
		),
	},
	{
		id: 'refusal-expected-signature',
		title: 'No refusal tells the checksum that would have been right',
		level: 'must',
		why: '"expected 5f4a…, got 0000…" signs any forgery: send it again with the expected one.',
		hint: 'Say "invalid checksum", log the rest.',
		source: owasp,
		cases: (subject) =>
			subject.signature === 'field' ? provocations(subject) : 'only for signatures in a field',
		readsAll: true,
		standsAlone: true,
		review: judgeLeaks(
			(text, { rightSignature, step }, subject) =>
				// Made of the right one, it was told to the receiver: an echo gives nothing away.
				step.signature === undefined &&
				rightSignature !== undefined &&
				rightSignature.length >= 16 &&
				text.toLowerCase().includes(rightSignature.toLowerCase())
					? `the right ${signatureWord(subject)} in it`
					: undefined,
			'signature',
		),
	},
];
