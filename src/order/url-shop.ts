import { ask } from '../delivery/ask.ts';
import type { ConnectionOptions } from '../delivery/http.ts';
import { judge } from '../delivery/judge.ts';
import { parseTarget } from '../delivery/target.ts';
import type { Header } from '../model/request.ts';
import type { HeaderSetting } from '../model/settings.ts';
import type { UrlAccess } from './access.ts';
import type { OrderPort } from './port.ts';
import { absent, stateOf } from './state.ts';

const okay = { status: ['2xx'] };

/** Headers as they are sent: what is a reference is read. @throws Problem */
export type ReadHeaders = (headers: readonly HeaderSetting[]) => readonly Header[];

/** A shop that is reached over its own pages: POST makes an order, GET reads one. */
export function urlShop(
	options: ConnectionOptions,
	userAgent: string,
	readHeaders: ReadHeaders,
): OrderPort<UrlAccess> {
	const asked = (method: 'GET' | 'POST', { url, headers = [] }: UrlAccess, setting: string) =>
		ask(method, parseTarget(url, setting), options, userAgent, readHeaders(headers));
	return {
		async make(access) {
			const { url } = access;
			const outcome = await asked('POST', access, 'setupUrl');
			const judgement = judge(okay, outcome);
			if (!judgement.acknowledged || outcome.kind !== 'answered')
				return { why: `POST ${url}: ${judgement.reason}` };
			return { answer: Buffer.from(outcome.body).toString('utf8') };
		},
		async read(access, order) {
			const { url } = access;
			const outcome = await asked('GET', access, 'probeUrl');
			if (outcome.kind === 'answered' && (outcome.status === 404 || outcome.status === 410))
				return absent;
			const judgement = judge(okay, outcome);
			if (!judgement.acknowledged || outcome.kind !== 'answered')
				return { kind: 'unreadable', why: `GET ${url}: ${judgement.reason ?? 'no answer'}` };
			if (outcome.truncated) return { kind: 'unreadable', why: `GET ${url}: more than 64 KiB` };
			return stateOf(Buffer.from(outcome.body).toString('utf8'), order);
		},
	};
}
