import { type ComposedRequest, type Header, requestTarget } from '../../model/request.ts';
import { quoted } from '../../model/shell.ts';
import { printable } from '../safe/escape.ts';

/** The request as it stands on the wire, undici's own headers included. */
export function httpText(request: ComposedRequest, now: number): string {
	const headers = request.headersAt(now);
	// The user's own stands in its place.
	const isHostSaid = headers.some(({ name }) => name.toLowerCase() === 'host');
	const host = isHostSaid ? [] : [`host: ${request.url.host}`];
	const length = request.body === undefined ? [] : [`content-length: ${request.body.length}`];
	const head = [
		`${request.method} ${requestTarget(request.url)} HTTP/1.1`,
		...host,
		'connection: keep-alive',
		...headers.map(({ name, shown }) => `${name}: ${shown}`),
		...length,
	];
	return `${head.join('\r\n')}\r\n\r\n${Buffer.from(request.body ?? []).toString('utf8')}`;
}

/** A command line that sends the same bytes; own credentials come from the environment. */
export function curlText(
	request: ComposedRequest,
	now: number,
	environment: { username: string; password: string } | undefined,
): string {
	const body = request.body === undefined ? undefined : curlBody(request.body);
	const parts = [
		// Without -g curl would read braces and brackets in the URL as patterns.
		[
			'curl',
			'-sS',
			'-i',
			'-g',
			...(request.method === 'POST' || request.method === 'GET' ? [] : ['-X', request.method]),
		],
		...(request.digest === undefined ? [] : [userFlags(request.digest, environment)]),
		...request.headersAt(now).map((header) => ['-H', curlHeader(header)]),
		...(body === undefined ? [] : [body.flags]),
		[quoted(request.url.href)],
	];
	return `${body?.before ?? ''}${parts.map((words) => words.join(' ')).join(' \\\n  ')}`;
}

function userFlags(
	{ username, password }: NonNullable<ComposedRequest['digest']>,
	environment: { username: string; password: string } | undefined,
): string[] {
	const user =
		username.origin === 'own' && environment !== undefined
			? `"$${environment.username}:$${environment.password}"`
			: quoted(`${username.shown()}:${password.shown()}`);
	return ['--digest', '-u', user];
}

function curlHeader({ name, value, shell }: Header): string {
	if (value === '') return quoted(`${name};`);
	return shell === value ? quoted(`${name}: ${value}`) : `"${name}: ${shell}"`;
}

/** Text is an argument; bytes that none can hold, or that would not be seen, are piped in. */
function curlBody(bytes: Uint8Array): { before: string; flags: string[] } {
	const text = Buffer.from(bytes).toString('utf8');
	if (Buffer.compare(Buffer.from(text, 'utf8'), bytes) === 0 && printable(text) === text)
		return { before: '', flags: ['--data-raw', quoted(text)] };
	const octal = [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
	return { before: `printf '${octal}' | `, flags: ['--data-binary', '@-'] };
}
