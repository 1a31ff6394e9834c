import type { Composed } from '../compose/compose.ts';
import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { listensWithin } from '../delivery/wait-for.ts';
import { remoteProblem } from '../engine/remote-problem.ts';
import { formatDuration, type Millis, millis } from '../model/duration.ts';
import type { CliContext } from './cli-context.ts';

/**
 * Waits until something listens at every target of the run, all within one span of wall time.
 *
 * @returns false when it did not come to that, by then or because the run was stopped
 * @throws Problem `target-remote`
 */
export async function receiversListen(
	composed: readonly Composed[],
	span: Millis,
	allowRemote: boolean,
	context: CliContext,
): Promise<boolean> {
	const { clock, stderr } = context;
	const signal = context.interruption();
	const deadline = clock.now() + span;
	const targets = new Map(composed.map(({ request }) => [request.url.host, request.url]));
	for (const [host, target] of targets) {
		if (stderr.isTTY) stderr.write(`waiting up to ${formatDuration(span)} for ${host} …`);
		try {
			const left = millis(Math.max(0, deadline - clock.now()));
			if (await listensWithin(target, left, { clock, allowRemote, signal })) continue;
			stderr.write(`\nnothing listened on ${host} within ${formatDuration(span)}; nothing was sent\n`);
			return false;
		} catch (error) {
			if (signal.aborted) return false;
			throw error instanceof RemoteAddress ? remoteProblem(error) : error;
		} finally {
			if (stderr.isTTY) stderr.write('\r\u001b[K');
		}
	}
	return true;
}
