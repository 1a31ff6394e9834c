import type { Cause } from '../check/cause.ts';
import { followingRecord } from '../check/record.ts';
import type { Rule } from '../check/rule.ts';
import { type CheckVerdicts, runCheck, type TrialOptions } from '../check/run-check.ts';
import { countRules, hasFailed, isUnproved } from '../check/verdicts.ts';
import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import type { Destination } from '../delivery/reach.ts';
import { remoteProblem } from '../delivery/remote-problem.ts';
import { listensWithin, nothingListens } from '../delivery/wait-for.ts';
import type { RuleCounts } from '../model/contract/check.ts';
import { millis } from '../model/duration.ts';
import { exitCodeOf } from '../model/exit-code.ts';
import type { RuleRecord } from '../model/rule-record.ts';
import type { ExitCode } from '../model/run-event.ts';
import { inWords, type Say } from '../model/words.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { awaitReceivers, type Waiting } from './await-receiver.ts';
import { bringBackFor } from './bring-back.ts';
import type { CheckSetting } from './check-setting.ts';
import type { ReceiverProcess } from './own-receiver.ts';
import { noteUsualPort } from './usual-port.ts';

/** What a check tells: a verdict on every rule, and the end. */
export type CheckEvent =
	| { readonly type: 'rule'; readonly record: RuleRecord }
	| {
			readonly type: 'summary';
			readonly counts: RuleCounts;
			readonly exitCode: ExitCode;
			/** Every verdict again. */
			readonly records: readonly RuleRecord[];
			/** What kept everything from being proved, where no verdict tells it. */
			readonly cause: UntoldCause | undefined;
	  };

export type UntoldCause = Pick<Cause, 'reason' | 'fix'>;

export interface CheckWatch extends Waiting {
	/** How whoever asked calls the settings. */
	readonly say: Say;
	/** Told of every case that has been tried. */
	readonly onProgress?: TrialOptions['onProgress'];
	/** The receiver, where it is ours: it is started again when it goes down. */
	readonly own?: ReceiverProcess | undefined;
	/** Told when the receiver takes long to answer at first. */
	readonly onSlowStart?: TrialOptions['onSlowStart'];
}

/** A receiver started in the same breath need only listen: first contact has patience. */
const aMoment = millis(1_000);

/**
 * Proves the receiver against the rules. A signal ends the trying, not the telling.
 * @throws Problem `setup-failed`, `probe-failed`, `target-remote`
 */
export async function* checkReceiver(
	rules: readonly Rule[],
	setting: CheckSetting,
	context: EngineContext,
	watch: CheckWatch,
): AsyncGenerator<CheckEvent> {
	const { signal } = setting.checkContext;
	const { reached, cause, ...result } = await proveRules(rules, setting, context, watch);
	const records = result.records.map((record) => recordInWords(record, watch.say));
	for (const record of records) yield { type: 'rule', record };
	const isFailed = cause !== undefined || hasFailed(records, setting.gate) || isUnproved(records);
	const exitCode = exitCodeOf({ signal, isUnreached: !reached, isFailed });
	const told = records.some(
		({ verdict, follows }) => verdict === 'failed' && follows === cause?.reason,
	);
	const untold =
		cause === undefined || told
			? undefined
			: {
					reason: inWords(cause.reason, watch.say),
					fix: cause.fix && inWords(cause.fix, watch.say),
				};
	yield { type: 'summary', counts: countRules(records), exitCode, records, cause: untold };
}

function recordInWords(record: RuleRecord, say: Say): RuleRecord {
	const evidence = record.evidence.map((one) => ({ ...one, reason: inWords(one.reason, say) }));
	return {
		...record,
		evidence,
		reason: inWords(record.reason, say),
		hint: inWords(record.hint, say),
	};
}

async function proveRules(
	rules: readonly Rule[],
	setting: CheckSetting,
	context: EngineContext,
	watch: CheckWatch,
): Promise<CheckVerdicts> {
	const { checkContext, options, waitFor, reach } = setting;
	const { settings, signal } = checkContext;
	const target = { url: settings.target, reach };
	const silence = waitFor === undefined ? nothingListens : 'nobody answers';
	const untried = (reason: string) => rules.map((rule) => followingRecord(rule, reason));
	try {
		const isThere =
			waitFor === undefined
				? await listensSoon(target, context, watch)
				: await awaitReceivers([target], waitFor, context, watch);
		if (isThere)
			return await runCheck(rules, checkContext, {
				...options,
				onProgress: watch.onProgress,
				onSlowStart: watch.onSlowStart,
				bringBack: bringBackFor(setting, watch.own, context),
				onScarce: (left, cases) => context.note(scarceText(left, cases)),
			});
		if (signal?.aborted !== true)
			return {
				reached: false,
				cause: undefined,
				records: untried(`${silence} on ${settings.target.host}`),
			};
	} catch (error) {
		if (signal?.aborted !== true)
			throw error instanceof RemoteAddress ? remoteProblem(error) : error;
	}
	return { reached: true, cause: undefined, records: untried('stopped before it was tried') };
}

async function listensSoon(
	target: Destination,
	context: EngineContext,
	{ onSilent }: CheckWatch,
): Promise<boolean> {
	const isThere = await listensWithin(target.url, aMoment, {
		clock: context.clock,
		reach: target.reach,
	});
	if (isThere) return true;
	await noteUsualPort([target], context);
	onSilent(target.url.host, aMoment, nothingListens);
	return false;
}

const scarceText = (left: number, cases: number): string =>
	`${cases} cases want an order, and ${left} are left; a forgery that is refused gives its order back, a genuine payment uses one up. What finds none is not decided.`;
