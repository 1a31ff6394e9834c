import { ask } from '../delivery/ask.ts';
import type { ConnectionOptions } from '../delivery/http.ts';
import { judge } from '../delivery/judge.ts';
import { parseTarget } from '../delivery/target.ts';
import type { UrlAccess } from './access.ts';
import type { OrderPort } from './port.ts';
import { absent, stateOf } from './state.ts';

const okay = { status: ['2xx'] };

/** A shop that is reached over its own pages: POST makes an order, GET reads one. */
export function urlShop(options: ConnectionOptions, userAgent: string): OrderPort<UrlAccess> {
	return {
		async make({ url }) {
			const outcome = await ask('POST', parseTarget(url, 'setupUrl'), options, userAgent);
			const judgement = judge(okay, outcome);
			return judgement.acknowledged ? undefined : `POST ${url}: ${judgement.reason}`;
		},
		async read({ url }, order) {
			const outcome = await ask('GET', parseTarget(url, 'probeUrl'), options, userAgent);
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
