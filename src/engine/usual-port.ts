import { type Destination, knownAddresses } from '../delivery/reach.ts';
import { listensNow } from '../delivery/wait-for.ts';
import type { EngineContext } from '../settings/engine-context.ts';

/**
 * A local URL without a port means port 80, and hardly any receiver listens there while it is
 * developed: told before anything is attempted, where nothing does.
 */
export async function noteUsualPort(
	targets: readonly Destination[],
	{ note }: Pick<EngineContext, 'note'>,
): Promise<void> {
	const silent = targets.filter(({ url, reach }) => {
		const [first] = knownAddresses(url, reach) ?? [];
		const isHere = first?.address === '127.0.0.1' || first?.address === '::1';
		return url.protocol === 'http:' && url.port === '' && isHere;
	});
	for (const { url, reach } of new Map(silent.map((one) => [one.url.host, one])).values()) {
		if (await listensNow(url, reach)) continue;
		note(`${url.host} without a port is port 80, where nothing listens; did you mean :3000?`);
	}
}
