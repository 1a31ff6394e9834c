import { knownAddresses, type Reach } from '../delivery/reach.ts';
import { listensNow } from '../delivery/wait-for.ts';
import type { EngineContext } from '../settings/engine-context.ts';

/**
 * A local URL without a port means port 80, and hardly any receiver listens there while it is
 * developed: told before anything is attempted, where nothing does.
 */
export async function noteUsualPort(
	targets: readonly URL[],
	reach: Reach,
	{ note }: Pick<EngineContext, 'note'>,
): Promise<void> {
	const silent = targets.filter((target) => {
		const [first] = knownAddresses(target, reach) ?? [];
		const isHere = first?.address === '127.0.0.1' || first?.address === '::1';
		return target.protocol === 'http:' && target.port === '' && isHere;
	});
	for (const target of new Map(silent.map((one) => [one.host, one])).values()) {
		if (await listensNow(target, reach)) continue;
		note(`${target.host} without a port is port 80, where nothing listens; did you mean :3000?`);
	}
}
