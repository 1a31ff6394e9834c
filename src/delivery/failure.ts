import type { Outcome } from '../model/outcome.ts';
import { RemoteAddress } from './guarded-lookup.ts';
import { CutAnswer, MalformedAnswer } from './lenient-reading.ts';

type Failure = Extract<Outcome, { kind: 'unreachable' | 'broken' }>;

const codes: Readonly<Record<string, readonly ['unreachable' | 'broken', string]>> = {
	ECONNREFUSED: ['unreachable', 'refused'],
	ENOTFOUND: ['unreachable', 'name-not-found'],
	EAI_AGAIN: ['unreachable', 'name-not-found'],
	EAI_FAIL: ['unreachable', 'name-not-found'],
	EHOSTUNREACH: ['unreachable', 'no-route'],
	ENETUNREACH: ['unreachable', 'no-route'],
	EADDRNOTAVAIL: ['unreachable', 'no-route'],
	EACCES: ['unreachable', 'no-route'],
	EPERM: ['unreachable', 'no-route'],
	EINVAL: ['unreachable', 'no-route'],
	ETIMEDOUT: ['unreachable', 'no-route'],
	EHOSTDOWN: ['unreachable', 'no-route'],
	EPROTO: ['unreachable', 'tls'],
	ECONNRESET: ['broken', 'reset'],
	EPIPE: ['broken', 'reset'],
	UND_ERR_SOCKET: ['broken', 'closed'],
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['broken', 'malformed'],
	UND_ERR_HEADERS_OVERFLOW: ['broken', 'malformed'],
};

/** Names of certificate errors, as OpenSSL and Node give them. */
const tls =
	/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

/**
 * What went wrong on the wire, as data; undefined for what is no failure of the wire (a bug, and
 * loud).
 * @param connected whether the connection (with TLS, where asked for) had been made
 */
export function failureOf(
	error: unknown,
	connected: boolean,
	secure: boolean,
): Omit<Failure, 'tookMs'> | undefined {
	// undici's parser errors do not all carry a code.
	if (error instanceof MalformedAnswer || (error as Error).name === 'HTTPParserError') {
		return { kind: 'broken', cause: 'malformed', detail: (error as Error).message };
	}
	if (error instanceof CutAnswer) return { kind: 'broken', cause: 'closed', detail: error.message };
	const code = codeOf(error);
	const detail = code ?? (error instanceof Error ? error.message : String(error));
	if (code === undefined) return undefined;
	if (!connected && secure && (tls.test(code) || code === 'ECONNRESET'))
		return { kind: 'unreachable', cause: 'tls', detail };
	if (tls.test(code)) return { kind: 'unreachable', cause: 'tls', detail };
	const [kind, cause] = codes[code] ?? [];
	return kind === undefined ? undefined : ({ kind, cause, detail } as Omit<Failure, 'tookMs'>);
}

/** The first code along the causes; a dial to several addresses fails with one error for each. */
function codeOf(error: unknown): string | undefined {
	if (typeof error !== 'object' || error === null || error instanceof RemoteAddress)
		return undefined;
	const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
	const inner = codeOf(cause) ?? errors?.map(codeOf).find((found) => found !== undefined);
	return inner ?? (typeof code === 'string' ? code : undefined);
}
