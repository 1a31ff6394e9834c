import type { Shaping } from '../compose/shaping.ts';
import { picked } from '../model/own.ts';
import type { ComposedRequest } from '../model/request.ts';
import { plainReach, type Settings } from '../model/settings.ts';
import { quoted } from '../model/shell.ts';
import type { CaseStep } from './case-step.ts';
import type { ComposeSettings } from './compose-settings.ts';

interface Sent {
	readonly event: string;
	readonly request: ComposedRequest;
	readonly shaping: Shaping;
	/** Seed of the fresh ids. */
	readonly ids: number;
	readonly step: CaseStep;
	readonly settings: ComposeSettings;
}

/** More bytes than anybody wants to see in a terminal. */
const longestBody = 4_000;

/** A line that sends the same once more: with `fire`, else with curl, or in words. */
export function reproduceLine(sent: Sent): string {
	const { step } = sent;
	const { wire, login } = step;
	if (login === 'none') return curlOf(sent, '');
	if (login === 'basic') return curlOf(sent, ` -u ${loginOf(sent.request)}`);
	if (login !== undefined)
		return `# an Authorization that no flag makes (${login}): callsim check --only the rule --seed ${sent.settings.seed}`;
	if (wire?.method !== undefined || wire?.bodyToQuery === true || wire?.path !== undefined)
		return curlOf(sent, '');
	if (Object.values(wire?.headers ?? {}).includes(null)) return curlOf(sent, '');
	const note =
		wire?.pace === undefined ? '' : '   # here the body went out in pieces, which no flag does';
	const raw = wire?.body === undefined ? undefined : rawBody(sent.request.body ?? new Uint8Array());
	const line = sent.settings.print([sent.event], settingsOf(sent, raw !== undefined));
	return `${raw === undefined ? '' : `${raw} | `}${line}${note}`;
}

/**
 * What `fire` would have to be told.
 * @param isRaw the bytes are piped in, and only options say how they are sent
 */
function settingsOf({ shaping, ids, step, settings, request }: Sent, isRaw: boolean): Settings {
	const { target, returnTo, given } = settings;
	const { variants, encoding, auth, body: _, rawBody: __, ...shape } = shaping;
	const isReturn =
		step.returnQuery !== undefined ||
		(returnTo !== undefined &&
			request.url.pathname === returnTo.pathname &&
			returnTo.pathname !== target.pathname);
	const added = Object.entries(step.wire?.headers ?? {}).map(([name, text]) => ({
		name,
		value: { kind: 'text', text: text ?? '' } as const,
	}));
	return {
		...(isRaw
			? { rawBody: { kind: 'stdin' } }
			: { ...shape, fresh: true, seed: String(ids), now: settings.now }),
		variants,
		encoding,
		auth,
		to: target,
		returnTo: isReturn ? returnTo : undefined,
		headers: [...added, ...(given.headers ?? [])],
		credentials: given.credentials,
		providers: given.providers,
		...picked(given, plainReach),
		duplicate: step.atOnce,
		retry: { kind: 'none' },
	};
}

/** Name and password for curl; the user's own come from the environment. */
function loginOf({ digest }: ComposedRequest): string {
	return quoted(
		[digest?.username, digest?.password].map((secret) => secret?.shown() ?? '').join(':'),
	);
}

/** The bytes for a pipe; undefined without any. Long or binary ones are only described. */
function rawBody(bytes: Uint8Array): string {
	const text = Buffer.from(bytes).toString('utf8');
	const isText = Buffer.compare(Buffer.from(text, 'utf8'), bytes) === 0 && !text.includes('\0');
	if (bytes.length > longestBody)
		return `head -c ${bytes.length} /dev/zero | tr '\\0' ${quoted(String.fromCharCode(bytes[0] ?? 120))}`;
	if (isText) return `printf %s ${quoted(text)}`;
	return `printf '${[...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}'`;
}

function curlOf({ request, settings }: Sent, more: string): string {
	const signed = request
		.headersAt(settings.now)
		.filter(({ name }) => /^(content-type|x-)/i.test(name));
	const body =
		request.body === undefined || request.body.length > longestBody
			? undefined
			: Buffer.from(request.body).toString('utf8');
	const hasType = signed.some(({ name }) => name.toLowerCase() === 'content-type');
	return (
		[
			'curl -sS -i -g',
			...(request.method === 'POST' ? [] : ['-X', request.method]),
			...signed.map(
				({ name, value, shell }) =>
					`-H ${shell === value ? quoted(`${name}: ${value}`) : `"${name}: ${shell}"`}`,
			),
			...(hasType || body === undefined ? [] : ["-H 'content-type:'"]),
			...(body === undefined ? [] : [`--data-raw ${quoted(body)}`]),
			quoted(request.url.href),
		].join(' ') + more
	);
}
