import type { Outcome } from '../../model/outcome.ts';
import type { MessageFile } from '../../model/provider.ts';

/** What a hint needs to know of the delivery whose attempt it is about. */
export interface HintContext {
	readonly provider: string;
	readonly message: MessageFile;
	readonly credentials: 'simulator' | 'own' | 'none';
	readonly target: URL;
	/** Faults that were asked for: a refusal is what is wanted then. */
	readonly faults: readonly string[];
	/** `--retry none`: no further attempt to be spared. */
	readonly isSentOnce: boolean;
	/** Whether the page of browser messages is named. */
	readonly isReturnNamed: boolean;
	/** The body is the user's own bytes: nothing is known about it. */
	readonly raw: boolean;
	readonly insideContainer: boolean;
	/** `CALLSIM_BAYARCASH_SECRET_KEY`, … */
	readonly environmentNames: readonly string[];
}

/** An answer, and the beginning of its body as text. */
export type AnswerWithText = Extract<Outcome, { kind: 'answered' }> & { readonly text: string };
/** One thing that goes wrong. */
interface AnswerHint {
	when(answer: AnswerWithText, context: HintContext): boolean;
	unless?(answer: AnswerWithText, context: HintContext): boolean;
	say(context: HintContext, answer: AnswerWithText): string;
}

const header = ({ headers }: AnswerWithText, name: string): string => String(headers[name] ?? '');

export const alreadyKnown: AnswerHint = {
	when: ({ text }) => /already (been )?(processed|paid|exists?)|duplicate|sudah (di)?proses/i.test(text),
	say: () => 'The receiver knows this callback already: --fresh makes new ids and times.',
};

/** Most likely first. */
export const answerHints: readonly AnswerHint[] = [
	{
		when: ({ status }, { faults }) => faults.length > 0 && status >= 400 && status < 500,
		say: ({ isSentOnce }) =>
			`Refused, as a broken callback should be.${isSentOnce ? '' : ' --retry none sends it once.'}`,
	},
	{
		when: ({ status }, { credentials, faults }) =>
			[400, 401, 403].includes(status) && credentials === 'simulator' && faults.length === 0,
		// Without a challenge that can be answered nothing was signed, and the hints below say so.
		unless: (answer, { message }) =>
			message.digest !== undefined &&
			answer.status === 401 &&
			!/digest.*nonce=/is.test(header(answer, 'www-authenticate')),
		say: ({ environmentNames }) =>
			`It was signed with callsim's own key; yours goes into ${environmentNames.join(' and ')}.`,
	},
	{
		when: (answer, { message }) =>
			answer.status === 401 && message.digest !== undefined && !/digest/i.test(header(answer, 'www-authenticate')),
		say: () =>
			'The 401 carries no Digest challenge: answer with WWW-Authenticate: Digest realm="…", nonce="…", or fire with --auth none.',
	},
	{
		when: (answer, { message }) => {
			const challenge = header(answer, 'www-authenticate');
			return (
				answer.status === 401 && message.digest !== undefined && /digest/i.test(challenge) && !/nonce=/i.test(challenge)
			);
		},
		say: () =>
			'The Digest challenge has no nonce, so nobody can answer it: WWW-Authenticate: Digest realm="…", nonce="…".',
	},
	{
		when: ({ status }, { message }) => status >= 200 && status < 300 && !message.acknowledge.status.includes('2xx'),
		say: ({ message }) =>
			`This provider counts ${message.acknowledge.status.join(' or ')} and nothing else as acknowledged.`,
	},
	{
		when: ({ status }) => status === 419,
		say: () =>
			"419 is Laravel's CSRF check: except this route in bootstrap/app.php (validateCsrfTokens(except: […])) or in VerifyCsrfToken.",
	},
	{
		when: ({ status }, { provider }) => status === 403 && provider === 'iak',
		say: () =>
			"IAK receivers often check the sender's address: --header 'x-forwarded-for: 52.76.169.212' is IAK's sandbox.",
	},
	{
		when: ({ status }, { message, faults, raw }) =>
			message.write === 'form' &&
			message.choices?.['encoding']?.['json'] !== undefined &&
			status !== 419 &&
			faults.length === 0 &&
			!raw,
		say: () => 'The wire carries a form while the docs show JSON: compare with --encoding json, and accept both.',
	},
	{
		when: (answer) => /^AirTunes/i.test(header(answer, 'server')),
		say: () => "Port 5000 is macOS' AirPlay receiver, not yours: use another port, or switch AirPlay Receiver off.",
	},
	alreadyKnown,
	{
		when: ({ status }) => status >= 300 && status < 400,
		say: (_context, answer) =>
			`A redirect is an answer here and is not followed (to ${header(answer, 'location') || 'nowhere'}).`,
	},
	{
		when: ({ status }, { message, isReturnNamed }) => status >= 400 && message.browser === true && !isReturnNamed,
		say: () =>
			"This is what the payer's browser carries; its page is not the callback's URL: name it with --return-to.",
	},
	{
		when: ({ status }) => status === 404 || status === 405,
		say: ({ message, target }) => `Check the path: ${message.method} ${target.pathname} is what was asked.`,
	},
];
