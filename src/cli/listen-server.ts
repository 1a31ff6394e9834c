import { isLocalAddress } from '../delivery/address.ts';
import { Problem } from '../model/problem.ts';
import type { Answer, ReceivedRequest, RunningServer } from '../receiver/server.ts';
import { startServer } from '../receiver/server.ts';
import { webPageRefusal } from '../receiver/web-page-refusal.ts';
import type { CliContext } from './cli-context.ts';

export interface ListenerPlace {
	readonly port?: string;
	readonly host?: string;
}

/** @throws Problem `usage`, `port-unavailable` */
export async function openListener(
	flags: ListenerPlace,
	answer: (request: ReceivedRequest) => Promise<Answer>,
	failed: (error: unknown) => void,
	refused: (why: string) => void,
): Promise<RunningServer> {
	const host = (flags.host ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1');
	const isLoopback = /^(127\.|::1$|localhost$)/.test(host);
	const server = await startOn(host, portIn(flags.port, 4747, '--port'), {
		answer,
		failed,
		refuse(asked, port) {
			const why = webPageRefusal(asked, { port, isLoopback });
			if (why !== undefined) refused(why);
			return why;
		},
	});
	if (URL.canParse(server.url)) return server;
	await server.close();
	throw new Problem('usage', `--host "${host}" has a zone, which no URL can name`, {
		hint: 'Use an address without one, or :: for all interfaces.',
	});
}

/** @throws Problem `port-unavailable` */
function startOn(
	host: string,
	port: number,
	more: Omit<Parameters<typeof startServer>[0], 'host' | 'port'>,
): Promise<RunningServer> {
	return startServer({ host, port, ...more }).catch((cause: NodeJS.ErrnoException) => {
		throw portUnavailable(host, port, '--port', cause);
	});
}

/** What is told where a port cannot be had; a bug stays one. */
export function portUnavailable(
	host: string,
	port: number,
	flag: string,
	cause: NodeJS.ErrnoException,
): Error {
	if (cause.code === undefined) return cause;
	const what = `cannot listen on ${authority(host, port)} (${cause.code})`;
	const hint =
		cause.code === 'EADDRINUSE' ? `Use ${flag} 0 for any free port.` : `Check --host and ${flag}.`;
	return new Problem('port-unavailable', what, { hint, cause });
}

/** @throws Problem `usage` */
export function portIn(text: string | undefined, usual: number, flag: string): number {
	const port = Number(text ?? usual);
	if (!/^\d*$/.test(text ?? '') || text === '' || port > 65_535)
		throw new Problem('usage', `${flag} "${text}" is not a port`, {
			hint: 'Use 1 to 65535, or 0 for any free one.',
		});
	return port;
}

const authority = (host: string, port: number): string =>
	`${host.includes(':') ? `[${host}]` : host}:${port}`;

/** What the address alone does not tell: who else reaches it, and that `fire` must be allowed. */
export function tellReach({ url, onAllInterfaces }: RunningServer, context: CliContext): void {
	if (onAllInterfaces)
		context.note("it listens on all interfaces: other machines reach it at this one's address");
	else if (!isLocalAddress(new URL(url).hostname))
		context.note('its address is public: callsim sends there with --allow-remote alone');
}
