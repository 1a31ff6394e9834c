import type { Outcome } from '../model/outcome.ts';
import type { MessageFile } from '../model/provider.ts';

/** What a hint needs to know of the delivery whose attempt failed. */
export interface HintContext {
	readonly provider: string;
	readonly message: MessageFile;
	readonly credentials: 'simulator' | 'own' | 'none';
	readonly target: URL;
	/** A fault was asked for, so a refusal is what is wanted. */
	readonly faulty: boolean;
	readonly insideContainer: boolean;
	/** `CALLSIM_BAYARCASH_SECRET_KEY`, … */
	readonly environmentNames: readonly string[];
}

/** What really goes wrong, most likely first: each a sentence and what to do. */
export function hintsFor(outcome: Outcome, context: HintContext): string[] {
	if (outcome.kind === 'unreachable') return unreachableHints(outcome, context);
	if (outcome.kind === 'broken')
		return [...(context.target.protocol === 'http:' ? ['If the receiver speaks TLS, use an https:// target.'] : [])];
	if (outcome.kind === 'timed-out')
		return ['Answer first and work afterwards, or allow more with --timeout (0 = none, for a debugger).'];
	const { status } = outcome;
	const text = Buffer.from(outcome.body).toString('utf8').slice(0, 4_096);
	const challenge = String(outcome.headers['www-authenticate'] ?? '');
	return [
		...ifTrue([400, 401, 403].includes(status) && context.credentials === 'simulator' && !context.faulty, () =>
			simulatorKeyHint(context),
		),
		...ifTrue(
			status === 401 && context.message.digest !== undefined && !/digest/i.test(challenge),
			() =>
				'The 401 carries no Digest challenge: answer with WWW-Authenticate: Digest realm="…", nonce="…", or fire with --auth none.',
		),
		...ifTrue(
			status === 419,
			() =>
				"419 is Laravel's CSRF check: except this route in bootstrap/app.php (validateCsrfTokens(except: […])) or in VerifyCsrfToken.",
		),
		...ifTrue(
			status === 403 && context.provider === 'iak',
			() =>
				"IAK receivers often check the sender's address: --header 'x-forwarded-for: 52.76.169.212' is IAK's sandbox.",
		),
		...ifTrue(
			context.message.write === 'form' &&
				context.message.choices?.['encoding']?.['json'] !== undefined &&
				status !== 419 &&
				!context.faulty,
			() => 'The wire carries a form while the docs show JSON: compare with --encoding json, and accept both.',
		),
		...ifTrue(
			/^AirTunes/i.test(String(outcome.headers['server'] ?? '')),
			() => "Port 5000 is macOS' AirPlay receiver, not yours: use another port, or switch AirPlay Receiver off.",
		),
		...ifTrue(
			/already (been )?(processed|paid|exists)|duplicate|sudah (di)?proses/i.test(text),
			() => 'The receiver knows this callback already: --fresh makes new ids and times.',
		),
		...ifTrue(
			status >= 300 && status < 400,
			() =>
				`A redirect is an answer here and is not followed (to ${String(outcome.headers['location'] ?? 'nowhere')}).`,
		),
		...ifTrue(
			status === 404 || status === 405,
			() => `Check the path: ${context.message.method} ${context.target.pathname} is what was asked.`,
		),
	];
}

function simulatorKeyHint({ environmentNames }: HintContext): string {
	return `It was signed with callsim's own key; yours goes into ${environmentNames.join(' and ')}.`;
}

function unreachableHints(
	outcome: Extract<Outcome, { kind: 'unreachable' }>,
	{ target, insideContainer }: HintContext,
): string[] {
	switch (outcome.cause) {
		case 'refused':
			return [
				...ifTrue(
					insideContainer,
					() => `Inside a container ${target.hostname} is the container itself: your machine is host.docker.internal.`,
				),
				`Nothing listens on ${target.host}: start the receiver, or wait for it with --wait-for 30s.`,
			];
		case 'tls':
			return ['For a certificate of your own use --insecure; for a receiver without TLS use http://.'];
		case 'name-not-found':
			return [`Check the name "${target.hostname}".`];
		case 'no-route':
			return [`Check that ${target.hostname} can be reached from here.`];
		default:
			return outcome.cause satisfies never;
	}
}

function ifTrue(condition: boolean, hint: () => string): string[] {
	return condition ? [hint()] : [];
}
