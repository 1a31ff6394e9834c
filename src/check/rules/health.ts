import { answerTo } from '../answer-to.ts';
import type { CaseRun } from '../case.ts';
import { type Finding, failed, inconclusive, passed } from '../finding.ts';
import type { ReviewFinding, Rule } from '../rule.ts';
import { garbage, json, success } from './steps.ts';

/** The sender’s address, and whether the receiver outlives it all. */
export const healthRules: readonly Rule[] = [
	{
		id: 'forwarded-for',
		title: 'The sender’s address is not taken from a header that anybody writes',
		level: 'advice',
		providers: ['iak'],
		why: 'IAK’s addresses are public: whoever writes X-Forwarded-For: 52.76.169.212 is IAK. And without a proxy in front the real IAK is refused.',
		hint: 'Rely on the sign; take the address from the connection, or from your own proxy alone.',
		source: 'https://github.com/iak-id/iak-api-php',
		cases: (subject) =>
			subject.ownHeaders.includes('x-forwarded-for')
				? 'every callback carries an x-forwarded-for of your own'
				: [
						{ about: 'without the header', steps: [success(subject)], answer: 'any' },
						{
							about: 'with IAK’s address in it',
							steps: [
								success(subject, {}, { wire: { headers: { 'x-forwarded-for': '52.76.169.212' } } }),
							],
							answer: 'any',
						},
					],
		review: judgeForwarded,
	},
	{
		id: 'sender-unproved',
		title: 'The URL itself keeps strangers out, where the provider signs nothing',
		level: 'advice',
		providers: ['khoins'],
		why: 'KHOINS authenticates none of its callbacks: whoever finds the URL reports any order as paid.',
		hint: 'Register a URL with a long random segment, allow the provider’s address alone, and ask for the status before you credit.',
		source: null,
		cases: (subject) => {
			// Letters and digits mixed: a word, however long, can be guessed.
			const secret = subject.target.pathname
				.split('/')
				.find(
					(segment) => segment.length >= 16 && /\d.*\d.*\d/.test(segment) && /[a-z]/i.test(segment),
				);
			const last = secret?.endsWith('0') === true ? '1' : '0';
			const changed = (path: string) =>
				secret === undefined ? path : path.replace(secret, `${secret.slice(0, -1)}${last}`);
			return [
				{
					about: secret === undefined ? 'a URL without a secret' : 'the URL with another secret',
					steps: [success(subject, {}, { wire: { path: changed } })],
					answer: 'any',
					judge: (run) => judgeSecret(run, secret),
				},
			];
		},
	},
	{
		id: 'healthy-at-the-end',
		title: 'After everything the receiver still works',
		level: 'must',
		alone: true,
		why: 'A wrong-length signature that kills the process, a lock that nobody releases: the next payment is the one that is lost.',
		hint: 'Catch errors in the handler, release in finally, keep no state between requests that a bad one can leave behind.',
		source: 'https://github.com/inkbox-ai/inkbox/pull/178',
		cases: (subject) => [
			garbage('after broken JSON', subject, '{"a":', { answer: 'any', step: { wire: json } }),
			garbage('after a nonsense body', subject, '\u0000\u0001%%%', { answer: 'any' }),
			{
				about: 'a genuine callback at the end',
				steps: [success(subject)],
				answer: 'acknowledged',
				state: 'success',
				stateAdds: true,
				control: [],
			},
		],
	},
];

function judgeForwarded([without, withIt]: readonly CaseRun[]): ReviewFinding {
	const plain = without === undefined ? undefined : answerTo(without)?.status;
	const spoofed = withIt === undefined ? undefined : answerTo(withIt)?.status;
	if (plain === undefined || spoofed === undefined) return inconclusive('no answer');
	return plain >= 400 && spoofed < 400
		? {
				...failed(
					`refused (${plain}) without X-Forwarded-For, accepted (${spoofed}) with IAK’s address in it`,
				),
				run: withIt,
			}
		: passed(`the header makes no difference (${plain}, ${spoofed})`);
}

function judgeSecret(run: CaseRun, secret: string | undefined): Finding {
	const status = answerTo(run)?.status;
	if (secret === undefined)
		return failed(
			'the URL holds nothing that a stranger could not guess, and the provider signs nothing',
		);
	if (status !== undefined && status >= 400)
		return passed(`another secret in the URL: answered ${status}`);
	return failed(`another secret in the URL: answered ${status ?? 'nothing'}`);
}
