import type { RunningPage } from '../inspect/page-server.ts';
import type { Answer, ReceivedRequest } from '../receiver/server.ts';
import type { Arrival } from '../report/arrival.ts';
import type { Listening } from '../report/html/inspector/inspector-page.ts';
import type { Mask } from '../report/safe/mask.ts';
import { portIn, portUnavailable } from './listen-server.ts';

interface PageFlags {
	readonly port?: string;
	readonly page?: boolean;
	readonly pagePort?: string;
}

/**
 * The page, where one is asked for: on a port of its own, so that no path of a receiver is in its
 * way, and no web page that may send there may read here.
 * @throws Problem `usage`, `port-unavailable`
 */
export async function openPage(
	{ port, page, pagePort }: PageFlags,
	about: Listening,
	answer: (request: ReceivedRequest) => Promise<Answer>,
	mask: Mask,
): Promise<RunningPage | undefined> {
	if (page !== true && pagePort === undefined) return undefined;
	const own = portIn(pagePort, port === '0' ? 0 : 4748, '--page-port');
	const { startPage } = await import('../inspect/page-server.ts');
	return startPage({
		port: own,
		mask,
		about,
		again: async (arrival) => (await answer(requestOf(arrival))).status,
	}).catch((cause: NodeJS.ErrnoException) => {
		throw portUnavailable('127.0.0.1', own, '--page-port', cause);
	});
}

const requestOf = ({ received, rawHeaders }: Arrival): ReceivedRequest => ({
	method: received.method,
	url: received.target,
	headers: received.headers,
	rawHeaders,
	body: Buffer.from(received.body),
});
