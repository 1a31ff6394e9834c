import { challengeIn } from '../../delivery/attempt.ts';
import { named } from '../../model/words.ts';
import { answerTo } from '../answer-to.ts';
import type { CaseRun, RuleCase } from '../case.ts';
import type { LoginFault } from '../case-step.ts';
import { type Finding, failed, passed } from '../finding.ts';
import { judgeStateOf } from '../judge-case.ts';
import type { LearnedEffects } from '../learned-effects.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { digestRfc, transfezPage } from './sources.ts';
import { success } from './steps.ts';

const digest =
	(cases: (subject: Subject) => readonly RuleCase[]) =>
	(subject: Subject): readonly RuleCase[] | string =>
		subject.signature === 'digest'
			? cases(subject)
			: `only for HTTP Digest (${named('auth', 'digest')})`;

const wrongLogin = (about: string, subject: Subject, login: LoginFault): RuleCase => ({
	about,
	steps: [success(subject, {}, { login })],
	answer: 'refused',
	state: 'unchanged',
	control: [],
});

/** Rules about HTTP Digest, where the receiver asks and the provider answers. */
export const digestRules: readonly Rule[] = [
	{
		id: 'digest-challenge',
		title: 'A callback without credentials is answered 401 with a Digest challenge',
		standsAlone: true,
		level: 'must',
		providers: ['transfez'],
		why: 'The sender cannot know the nonce: it waits to be asked. A receiver that takes the first request takes anybody’s; one that answers 403, or a challenge without a nonce, is never called back.',
		hint: 'WWW-Authenticate: Digest realm="…", nonce="…", qop="auth", algorithm=SHA-256.',
		source: transfezPage,
		cases: digest((subject) => [
			{
				about: 'the first request',
				steps: [success(subject, {}, { login: 'none' })],
				answer: 'refused',
				state: 'unchanged',
				judge: judgeChallenge,
			},
		]),
	},
	{
		id: 'digest-wrong-response',
		title: 'A wrong response is refused',
		level: 'must',
		providers: ['transfez'],
		why: 'Checking the user name alone is checking nothing: it stands in the clear.',
		hint: 'Compute the response as RFC 7616 says, and compare it in constant time.',
		source: digestRfc,
		cases: digest((subject) => [
			{
				about: 'another password',
				steps: [success(subject, { wrongKey: true })],
				answer: 'refused',
				state: 'unchanged',
				control: [],
			},
		]),
	},
	{
		id: 'digest-basic',
		title: 'Basic is not accepted in place of Digest',
		level: 'must',
		providers: ['transfez'],
		why: 'Basic sends the secret itself; a receiver that takes it invites senders to do so.',
		hint: 'Accept the scheme Digest alone.',
		source: digestRfc,
		cases: digest((subject) => [wrongLogin('Basic with the right secret', subject, 'basic')]),
	},
	{
		id: 'digest-unissued-nonce',
		title: 'A nonce that was never issued is refused',
		level: 'must',
		providers: ['transfez'],
		why: 'Whoever chooses the nonce may prepare the answer, and use it for ever.',
		hint: 'Remember the nonces you issue, or sign them (time and HMAC).',
		source: digestRfc,
		cases: digest((subject) => [wrongLogin('a nonce of the sender’s own', subject, 'own-nonce')]),
	},
	{
		id: 'digest-replay',
		title: 'A nonce is not accepted twice with the same count',
		level: 'should',
		providers: ['transfez'],
		why: 'The answer does not cover the body (qop=auth): one that was overheard carries any other body.',
		hint: 'Keep the highest nc of each nonce and refuse what is not above it, or let a nonce work once.',
		source: digestRfc,
		// The callback that uses the nonce up first is a pending one: it may change the order.
		cases: digest((subject) => [
			{ ...wrongLogin('an answer sent before', subject, 'used-nonce'), state: 'not-success' },
		]),
	},
	{
		id: 'digest-uri',
		title: 'An answer made for another URI is refused',
		level: 'should',
		providers: ['transfez'],
		why: 'An answer given to one door of the server opens another.',
		hint: 'Compare uri in the answer with the request target.',
		source: digestRfc,
		cases: digest((subject) => [wrongLogin('an answer for /somewhere-else', subject, 'other-uri')]),
	},
	{
		id: 'digest-malformed',
		title: 'A garbled Authorization is refused without a crash',
		level: 'must',
		providers: ['transfez'],
		why: 'Scanners send everything; a parser that expects every parameter throws.',
		hint: 'Treat what cannot be read as no credentials: 401.',
		source: digestRfc,
		cases: digest((subject) => [wrongLogin('a garbled header', subject, 'garbled')]),
	},
];

function judgeChallenge(run: CaseRun, learned: LearnedEffects): Finding {
	const about = 'the first request, without credentials';
	const answer = answerTo(run);
	if (answer === undefined) return failed(`${about}: no answer`);
	const { status, headers } = answer;
	if (status < 400)
		return failed(`${about}: answered ${status}, so anybody is taken for the provider`);
	if (status !== 401)
		return failed(
			`${about}: answered ${status}; only a 401 with a challenge makes the provider answer`,
		);
	const header = headers['www-authenticate'];
	if (header === undefined) return failed(`${about}: answered 401 without WWW-Authenticate`);
	if (challengeIn(answer) === undefined || !/realm=/i.test(String(header)))
		return failed(`${about}: the challenge cannot be answered: ${String(header)}`);
	const state = judgeStateOf(run, 'unchanged', learned, about);
	const isTelling =
		state !== undefined && (state.verdict === 'failed' || state.verdict === 'warned');
	return isTelling ? state : passed(`${about}: challenged`);
}
