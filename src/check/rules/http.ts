import { answerTo } from '../answer-to.ts';
import type { CaseRun, RuleCase } from '../case.ts';
import { effectsSeen } from '../effects-seen.ts';
import { type Finding, failed, inconclusive, passed, warned } from '../finding.ts';
import type { LearnedEffects } from '../learned-effects.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { owasp } from './sources.ts';
import { genuine, inBody, json, success } from './steps.ts';

const isJson = ({ message }: Subject) => message.write === 'json';
const types = { form: 'application/x-www-form-urlencoded', xml: 'application/xml' } as const;
const usualType = ({ message: { write } }: Subject) =>
	write === 'form' || write === 'xml' ? types[write] : 'application/json';

/** Content types, and bodies in pieces. */
const contentRules: readonly Rule[] = [
	{
		id: 'content-type-charset',
		title: 'A charset behind the content type makes no difference',
		level: 'must',
		why: 'Senders add "; charset=UTF-8" on the day they change their HTTP library.',
		hint: 'Compare the media type without its parameters, in any case.',
		source: 'https://www.rfc-editor.org/rfc/rfc9110#name-content-type',
		cases: (subject) =>
			['; charset=UTF-8', ';charset=utf-8', '; charset="utf-8"']
				.map((parameter) => typed(`${usualType(subject)}${parameter}`, subject))
				.concat([typed(usualType(subject).replace('application', 'Application'), subject)]),
	},
	{
		id: 'content-type-missing',
		title: 'A missing content type is survived',
		level: 'advice',
		why: 'Small senders forget it.',
		hint: 'Refuse it with 415, or read the body by its look.',
		source: owasp,
		cases: (subject) => [
			{
				about: 'no content type',
				steps: [success(subject, {}, { wire: { headers: { 'content-type': null } } })],
				answer: 'survived',
			},
		],
	},
	{
		id: 'content-type-wrong',
		title: 'A wrong content type is no crash',
		level: 'should',
		why: 'Scanners and misconfigured proxies send everything.',
		hint: 'Refuse it with 415.',
		source: owasp,
		cases: (subject) =>
			[
				'text/plain',
				'multipart/form-data',
				isJson(subject) ? 'application/x-www-form-urlencoded' : 'application/json',
				'nonsense',
			].map(
				(type): RuleCase => ({
					about: type,
					steps: [success(subject, {}, { wire: { headers: { 'content-type': type } } })],
					answer: 'survived',
				}),
			),
	},
	{
		id: 'split-send',
		title: 'A body that comes in several pieces is put together',
		level: 'must',
		alone: true,
		why: 'TCP promises bytes, not packets: reading the first piece alone works on your own machine and fails in production.',
		hint: 'Read to the end of the body, collect bytes (not text: a character may be cut), then decode.',
		source: null,
		cases: (subject) => [
			genuine(
				'three pieces',
				subject,
				{},
				{ step: { wire: { pace: { pieces: 3, pauseMs: 15 } } } },
			),
			genuine('many pieces, characters cut', subject, wideName(subject), {
				// A name that is refused in one piece as well says nothing of pieces.
				controlStep: success(subject, wideName(subject)),
				controlOptional: true,
				step: { wire: { pace: { pieces: 400, pauseMs: 0 } } },
			}),
		],
	},
	{
		id: 'chunked',
		title: 'A body without a length (chunked) is read',
		level: 'advice',
		why: 'Some senders stream.',
		hint: 'Leave reading to the framework; do not rely on Content-Length.',
		source: 'https://www.rfc-editor.org/rfc/rfc9112#name-chunked-transfer-coding',
		cases: (subject) => [
			genuine(
				'chunked',
				subject,
				{},
				{ step: { wire: { pace: { pieces: 3, pauseMs: 0, chunked: true } } } },
			),
		],
	},
	{
		id: 'slow-send',
		title: 'A slow sender is waited for',
		level: 'should',
		slow: true,
		alone: true,
		why: 'A body that takes seconds is a bad line, not an attack.',
		hint: 'Allow some ten seconds for a body.',
		source: null,
		cases: (subject) => [
			genuine(
				'four pieces in six seconds',
				subject,
				{},
				{ step: { wire: { pace: { pieces: 4, pauseMs: 2_000 } } } },
			),
		],
	},
];

/** HTTP itself: methods, content types, bodies in pieces, connections. */
export const httpRules: readonly Rule[] = [
	{
		id: 'method',
		title: 'Other methods have no effect',
		level: 'should',
		why: 'A handler for "any" method takes a callback from a link that somebody clicks.',
		hint: 'Route POST alone.',
		source: owasp,
		cases: (subject) => {
			const own = subject.message.method;
			if (own === 'GET') return 'the provider itself comes by GET, as a link does';
			const others = ['GET', own === 'PUT' ? 'POST' : 'PUT'];
			return (isVisited(subject) ? others.slice(1) : others).map(
				(method): RuleCase => ({
					about: `${method} instead of ${own}`,
					steps: [
						success(
							subject,
							{},
							{ wire: method === 'GET' ? { method, bodyToQuery: true } : { method } },
						),
					],
					answer: 'any',
					state: 'not-success',
					control: [],
					judge: judgeMethod,
				}),
			);
		},
	},
	...contentRules.map(inBody),
	{
		id: 'keep-alive',
		title: 'A connection can be used again after a refusal',
		level: 'must',
		why: 'A refusal that does not read the body leaves it in the line, and the next callback on the connection is read from its middle.',
		hint: 'Read the body to its end, or answer Connection: close.',
		source: 'https://www.rfc-editor.org/rfc/rfc9112#name-persistence',
		cases: (subject) => [
			{
				about: 'a genuine one after a refused one, same connection',
				steps: [
					success(
						subject,
						subject.signature === 'none' ? {} : { wrongKey: true },
						subject.signature === 'none' ? { wire: { ...json, body: () => Buffer.from('{') } } : {},
					),
					success(subject),
				],
				oneConnection: true,
				answer: 'acknowledged',
				state: 'success',
				stateAdds: true,
				control: [],
			},
		],
	},
];

/** The payer's browser comes to the same URL with GET, and rightly gets a page. */
function isVisited({ events, returnTo, target }: Subject): boolean {
	const hasPage = [...events.values()].some(
		({ message }) => message.browser === true && message.method === 'GET',
	);
	return hasPage && (returnTo === undefined || returnTo.href === target.href);
}

/** A name with characters of several bytes, in a field that the provider has. */
function wideName({ message: { roles } }: Subject) {
	const field = roles.names?.[0] ?? roles.serial;
	return field === undefined ? {} : { set: [`${field}=陳大文 Nur’ain 😀 Müller`] };
}

function typed(type: string, subject: Subject): RuleCase {
	return genuine(type, subject, {}, { step: { wire: { headers: { 'content-type': type } } } });
}

function judgeMethod(run: CaseRun, learned: LearnedEffects): Finding {
	const { about } = run.case;
	const status = answerTo(run)?.status;
	if (status === undefined) return failed(`${about}: no answer`);
	const isRefused = status >= 400 && (status < 500 || status === 501);
	const took =
		run.before !== undefined && run.final !== undefined
			? effectsSeen(learned.success, run.before, run.final)
			: [];
	if (took.length > 0)
		return failed(`${about}: answered ${status}, and the order is as after a success`);
	if (isRefused) return passed(`${about}: answered ${status}`);
	if (status >= 500) return failed(`${about}: answered ${status}, which is a crash`);
	if (run.final === undefined)
		return inconclusive(
			`${about}: answered ${status}; whether it had an effect cannot be seen without a probe`,
		);
	return warned(`${about}: answered ${status}, without an effect`);
}
