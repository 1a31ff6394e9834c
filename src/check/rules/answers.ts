import { saysFailure } from '../../answer/says-failure.ts';
import { type Answered, answerTo } from '../answer-to.ts';
import type { CaseRun, RuleCase } from '../case.ts';
import { doorBefore } from '../cause.ts';
import { type Finding, failed, inconclusive, passed, warned } from '../finding.ts';
import { answerOf } from '../judge-case.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { bayarcashPage, owasp } from './sources.ts';
import { success } from './steps.ts';

/** What a genuine callback is answered, and how soon. */
export const answerRules: readonly Rule[] = [
	{
		id: 'csrf-exempt',
		title: 'No CSRF protection stands before the callback',
		standsAlone: true,
		level: 'must',
		why: 'A gateway has no session and no token: Laravel answers 419 to every callback until the route is exempted.',
		hint: 'Laravel: validateCsrfTokens(except: [...]) in bootstrap/app.php; Django: @csrf_exempt; Rails: skip_forgery_protection.',
		source: 'https://laravel.com/docs/csrf#csrf-excluding-uris',
		cases: (subject) => [
			own(subject, (status, text, answer) => {
				const door = doorBefore(answer, subject);
				if (door?.kind === 'csrf') return failed(`answered ${status}: ${door.sentence}`);
				return status >= 400 && /csrf|cross.site request/i.test(text)
					? failed(`answered ${status}: the CSRF check refuses it`)
					: passed(`answered ${status}`);
			}),
		],
	},
	{
		id: 'no-redirect',
		title: 'A callback is not answered with a redirect',
		standsAlone: true,
		level: 'must',
		why: 'Providers do not follow it: to them it is neither received nor refused (Midtrans merchants lose notifications to a 301 that adds a slash).',
		hint: 'Register the final URL: https, with or without the slash, and let nothing rewrite it.',
		source: 'https://github.com/Midtrans/midtrans-php/issues/89',
		cases: (subject) => [
			own(subject, (status, _text, outcome) => {
				if (status < 300 || status >= 400) return passed(`answered ${status}`);
				const to = String(outcome.headers['location'] ?? 'nowhere');
				const text = `answered ${status}, a redirect to ${to}`;
				return subject.provider.lifecycle?.ownReceiverRedirects ? warned(text) : failed(text);
			}),
		],
	},
	{
		id: 'no-login-page',
		title: 'A callback is not answered with a login page',
		standsAlone: true,
		level: 'must',
		why: 'A session guard that shows its form with status 200 looks like success to the provider, and the payment is lost.',
		hint: 'Take the route out of the guard: the provider has no session.',
		source: owasp,
		cases: (subject) => [
			own(subject, (status, text, { headers }) => {
				const to = status >= 300 && status < 400 ? String(headers['location'] ?? '') : '';
				if (/log-?in|sign-?in|masuk/i.test(to)) return failed(`answered ${status}, sent to ${to}`);
				return /<input[^>]+type=["']?password/i.test(text) ||
					/<form[^>]+(login|signin|masuk)/i.test(text)
					? failed(`answered ${status} with a login page`)
					: passed(`answered ${status}`);
			}),
		],
	},
	{
		id: 'answer-status',
		title: 'The answer is exactly what the provider documents',
		level: 'should',
		providers: ['bayarcash'],
		why: 'The page says 200. Whether 201, 204 or a redirect count is not documented; receivers send them.',
		hint: 'Answer 200.',
		source: bayarcashPage,
		cases: (subject) => [
			{
				about: 'a genuine success',
				steps: [success(subject)],
				answer: 'acknowledged',
				exact: true,
			},
		],
	},
	{
		id: 'answer-body',
		title: 'A callback that was taken is not answered with the text of a failure',
		level: 'should',
		why: 'The provider reads the status alone: a 200 with {"success":false} in it is a payment that is never sent again. Either the status is wrong, or the text is.',
		hint: 'Answer 4xx or 5xx where the callback was not taken, and say nothing of errors where it was.',
		source: null,
		cases: (subject) => [
			own(subject, (status, text) =>
				status >= 200 && status < 300 && saysFailure(text)
					? failed(`answered ${status}, and the text says that it failed: ${text.slice(0, 80)}`)
					: passed(`answered ${status}`),
			),
		],
	},
	{
		id: 'answer-time',
		title: 'The answer comes within seconds',
		level: 'should',
		alone: true,
		why: 'No provider says how long it waits. Calling the bank, printing or mailing before answering makes every delivery a timeout that comes again.',
		hint: 'Store, answer, work afterwards.',
		source: owasp,
		cases: (subject) =>
			[1, 2].map(
				(round): RuleCase => ({
					about: `genuine callback ${round}`,
					steps: [success(subject)],
					answer: 'survived',
					judge: (run, _learned, on) => judgeTime(run, on),
				}),
			),
	},
];

/** Milliseconds; nobody documents how long a provider waits. */
const longest = 5_000;

function judgeTime(run: CaseRun, subject: Subject): Finding {
	const tookMs = answerTo(run)?.tookMs;
	if (tookMs === undefined) return answerOf(run, subject);
	return tookMs > longest
		? warned(`answered after ${(tookMs / 1_000).toFixed(1)} s`)
		: passed(`answered in ${Math.round(tookMs)} ms`);
}

/** A genuine success whose answer alone is looked at. */
function own(
	subject: Subject,
	judge: (status: number, text: string, answer: Answered) => Finding,
): RuleCase {
	return {
		about: 'a genuine success',
		steps: [success(subject)],
		answer: 'survived',
		judge: (run) => {
			const answer = answerTo(run);
			if (answer === undefined) return inconclusive('no answer, see genuine-success');
			return judge(answer.status, Buffer.from(answer.body).toString('utf8'), answer);
		},
	};
}
