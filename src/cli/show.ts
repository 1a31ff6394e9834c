import { findEvent } from '../catalogue/catalogue.ts';
import type { Composed } from '../compose/compose.ts';
import { credentialsFor, environmentName } from '../compose/credentials.ts';
import { credentialNames } from '../compose/credentials-used.ts';
import { weakestClaim } from '../compose/options.ts';
import { parseTarget, usualTarget } from '../delivery/target.ts';
import { Problem } from '../model/problem.ts';
import type { Settings } from '../model/settings.ts';
import { told } from '../model/words.ts';
import { inForce } from '../project/in-force.ts';
import { shownJson } from '../report/json/callback-json.ts';
import { counted } from '../report/outcome-text.ts';
import { printable, safeJson } from '../report/safe/escape.ts';
import { explainSignature } from '../report/text/explain-signature.ts';
import { claimLines } from '../report/text/message-facts.ts';
import { curlText, httpText } from '../report/text/request-text.ts';
import { composeOne, credentialSources } from '../settings/composing.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import type { CommonFlags } from './options/common-flags.ts';
import type { JournalFlags } from './options/journal-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { flagWords } from './options/words.ts';
import { painterFor } from './paint.ts';

export interface ShowFlags extends CommonFlags, JournalFlags {
	readonly order?: string;
	readonly explain?: boolean;
	readonly claims?: boolean;
	readonly print?: 'http' | 'curl' | 'body';
}

export async function show(id: string, flags: ShowFlags, outer: CliContext): Promise<0> {
	if (flags.json === true && flags.print !== undefined)
		throw new Problem('option-conflict', '--json and --print are two forms of output', {
			hint: 'Keep one of them.',
		});
	const here = await commandContext(flags, outer);
	const { context, catalogue, project } = here;
	const event = findEvent(catalogue, id);
	const before =
		flags.order === undefined
			? undefined
			: (await import('./order-named.ts')).orderNamed(flags.order, [event], flags, here);
	const said = inForce({ ...before?.settings, ...readSettings(flags) }, project, event, context);
	const settings = before?.next(event, said) ?? said;
	const composed = await composeOne(
		{ event, to: settings.to ?? parseTarget(usualTarget), settings },
		context,
	);
	for (const warning of composed.warnings)
		context.stderr.write(`warning: ${told(warning, flagWords)}\n`);
	const now = context.clock.now();
	if (flags.json === true) context.stdout.write(`${safeJson(shownJson(composed, now))}\n`);
	else if (flags.claims === true)
		context.stdout.write(
			`${claimLines(composed.claims)
				.map((line) => line.trimStart())
				.join('\n')}\n`,
		);
	else if (flags.print !== undefined) printOne(flags.print, composed, now, context);
	else context.stdout.write(`${text(composed, now, flags, settings, context).join('\n')}\n`);
	return 0;
}

function printOne(
	form: 'http' | 'curl' | 'body',
	composed: Composed,
	now: number,
	context: CliContext,
): void {
	const { request } = composed;
	if (form === 'body') {
		context.stdout.write(request.body ?? new Uint8Array());
		// The bytes alone go into a pipe; a terminal gets its line end beside them.
		if (context.stdout.isTTY) context.stderr.write('\n');
		return;
	}
	if (form === 'http') {
		context.stdout.write(Buffer.from(httpText(request, now)));
		return;
	}
	const { event, message } = composed;
	const variable = (name: string) => environmentName(event.provider.id, name);
	const environment = message.digest && {
		username: variable(message.digest.username),
		password: variable(message.digest.password),
	};
	context.stdout.write(Buffer.from(`${curlText(request, now, environment)}\n`));
}

function text(
	composed: Composed,
	now: number,
	flags: ShowFlags,
	settings: Settings,
	context: CliContext,
): string[] {
	const paint = painterFor(context.stdout, context, flags.color);
	const { request, event, message } = composed;
	const { trust, note } = weakestClaim(composed.claims);
	const trace = request.signatureAt(now);
	const options = [...composed.options, note === undefined ? trust : `${trust} (${note})`];
	const lines = [
		`${paint.bold(event.id)} · ${options.join(' · ')}`,
		...[paint.dim(event.file.title), ''],
		...printable(httpText(request, now)).split('\n'),
	];
	const isDigest = message.digest !== undefined;
	if (isDigest)
		lines.push(
			'',
			paint.dim(
				'Sent without credentials first; a Digest challenge is answered at once (RFC 7616).',
			),
		);
	if (flags.explain !== true) {
		if (trace !== undefined) {
			const fields =
				trace.fields.join() === 'body' ? 'the body' : counted(trace.fields.length, 'field');
			lines.push('', paint.dim(`${trace.algorithm} over ${fields}; --explain shows how`));
		} else if (!isDigest) lines.push('', paint.dim('no signature'));
		return lines;
	}
	const unsigned =
		message.signature === undefined
			? 'Nothing is signed here.'
			: 'There is no signature (--unsigned or --raw-body).';
	lines.push('', ...(trace === undefined ? [unsigned] : explainSignature(trace, paint)));
	if (composed.faults.includes('tamper'))
		lines.push(
			paint.yellow(
				'Changed after signing (--tamper): the signature above is of the values before.',
			),
		);
	lines.push(...credentialLines(composed, settings, context));
	return [...lines, '', paint.bold('Claims'), ...claimLines(composed.claims)];
}

/** A simulator credential is public and shown, a user's own is named. */
function credentialLines(
	{ event, message, faults }: Composed,
	settings: Settings,
	context: CliContext,
): string[] {
	const { rawBody, unsigned } = settings;
	const shaping = { rawBody: rawBody === undefined ? undefined : new Uint8Array(), unsigned };
	const names = credentialNames(message, shaping);
	if (names.length === 0) return [];
	const credentials = credentialsFor(event.provider, credentialSources(settings, context));
	const lines = names.map((name) => {
		const secret = credentials(name);
		const origin = secret.origin === 'simulator' ? "callsim's own" : 'yours';
		const wrong =
			faults.includes('wrong-key') &&
			[message.signature?.key, message.digest?.password].includes(name);
		return `  ${name.padEnd(10)} ${wrong ? 'a wrong one, on purpose' : `${secret.shown()} (${origin})`}`;
	});
	return ['', 'Credentials', ...lines];
}
