declare module 'http-auth' {
	import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

	interface Digest {
		check(
			handler: (request: IncomingMessage & { user: string }, response: ServerResponse) => void,
		): RequestListener;
	}
	const auth: { digest(options: { realm: string; file: string; algorithm: string }): Digest };
	export default auth;
}
