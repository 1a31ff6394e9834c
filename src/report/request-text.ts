import type { ComposedRequest, Header } from '../model/request.ts';

/** The request as it stands on the wire, undici's own headers included. */
export function httpText(request: ComposedRequest, now: number): string {
	const connection: Header[] = [
		{ name: 'host', value: request.url.host, shown: request.url.host, shell: '' },
		{ name: 'connection', value: 'keep-alive', shown: 'keep-alive', shell: '' },
	];
	const length = request.body === undefined ? [] : [`content-length: ${request.body.length}`];
	const head = [
		`${request.method} ${request.url.pathname}${request.url.search} HTTP/1.1`,
		...[...connection, ...request.headersAt(now)].map(({ name, shown }) => `${name}: ${shown}`),
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
	const login = request.digest;
	const user =
		login === undefined
			? []
			: login.username.origin === 'own' && environment !== undefined
				? ['--digest', '-u', `"$${environment.username}:$${environment.password}"`]
				: ['--digest', '-u', quoted(`${login.username.shown()}:${login.password.shown()}`)];
	const parts = [
		['curl', '-sS', '-i', ...(request.method === 'POST' || request.method === 'GET' ? [] : ['-X', request.method])],
		...(user.length === 0 ? [] : [user]),
		...request
			.headersAt(now)
			.map(({ name, shell, value }) => ['-H', shell === value ? quoted(`${name}: ${value}`) : `"${name}: ${shell}"`]),
		...(request.body === undefined ? [] : [['--data-binary', quoted(Buffer.from(request.body).toString('utf8'))]]),
		[quoted(request.url.href)],
	];
	return parts.map((words) => words.join(' ')).join(' \\\n  ');
}

/** One shell word, whatever is in it. */
export function quoted(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
