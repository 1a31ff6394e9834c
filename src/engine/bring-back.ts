import type { BringBack } from '../check/comeback.ts';
import { answersWithin } from '../delivery/wait-for.ts';
import { Problem } from '../model/problem.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { userAgentOf } from '../settings/user-agent.ts';
import type { CheckSetting } from './check-setting.ts';
import type { ReceiverProcess } from './own-receiver.ts';

/**
 * How a receiver that went down comes back: one of ours is started again, another's is waited for
 * as long as that is allowed. Undefined where it does not.
 */
export function bringBackFor(
	{ checkContext, waitFor, reach }: CheckSetting,
	own: ReceiverProcess | undefined,
	{ clock, version }: EngineContext,
): BringBack | undefined {
	if (own !== undefined) return () => startAgain(own);
	if (waitFor === undefined) return undefined;
	const { settings, signal } = checkContext;
	const looks = { clock, reach, userAgent: userAgentOf({ version }), signal };
	return async () => ({
		isBack: (await answersWithin(settings.target, waitFor, looks)) === undefined,
	});
}

async function startAgain(own: ReceiverProcess): ReturnType<BringBack> {
	const how = own.endedAs();
	await own.stop();
	const log = own.lastLines();
	try {
		await own.start();
		return { isBack: true, how, log };
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		return { isBack: false, how, log };
	}
}
