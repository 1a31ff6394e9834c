import type { Outcome } from '../model/outcome.ts';
import type { Header } from '../model/request.ts';
import { type ConnectionOptions, connect } from './http.ts';

/** One plain request to the user's own pages: a set-up, or a look. @throws RemoteAddress */
export async function ask(
	method: 'GET' | 'HEAD' | 'POST',
	url: URL,
	options: ConnectionOptions,
	userAgent: string,
	more: readonly Header[] = [],
): Promise<Outcome> {
	const connection = await connect(url, options);
	try {
		const ours = { name: 'user-agent', value: userAgent, shown: userAgent, shell: userAgent };
		const isNamed = more.some(({ name }) => name.toLowerCase() === ours.name);
		const headers = isNamed ? more : [ours, ...more];
		return await connection.send({ method, url, headers, body: undefined });
	} finally {
		await connection.close();
	}
}
