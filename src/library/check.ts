import { findProvider } from '../catalogue/catalogue.ts';
import { rules as allRules } from '../check/rules/index.ts';
import { runCheck } from '../check/run-check.ts';
import { checkExitCode, chosenRules } from '../check/verdicts.ts';
import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { checkSetting } from '../engine/check-setting.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import { headerTexts } from '../engine/flag-texts.ts';
import type { CheckFlags } from '../engine/flags.ts';
import { remoteProblem } from '../engine/remote-problem.ts';
import { ruleResult } from '../report/json/check.ts';
import { defined, refuseNowhere, setupFlags, textOf } from './flags-of.ts';
import { givenAccess } from './given-access.ts';
import { keepingSecrets } from './keeping-secrets.ts';
import { libraryContext } from './library-context.ts';
import type { CheckOptions, CheckResult } from './types.ts';

/**
 * Proves a receiver against the rules.
 *
 * @param provider `bayarcash`, `iak`, `khoins`, `transfez`, or one of your own with a `lifecycle`
 * @returns a verdict on every rule; rules that fail are results, no errors
 * @throws Problem for anything a caller can fix; the signal's reason when it is aborted
 */
export async function check(provider: string, options: CheckOptions): Promise<CheckResult> {
	const { signal } = options;
	signal?.throwIfAborted();
	refuseNowhere(options.to);
	const context = libraryContext(options, signal);
	return keepingSecrets(context, () => checked(provider, options, context));
}

async function checked(provider: string, options: CheckOptions, context: EngineContext): Promise<CheckResult> {
	const { signal, probe, setup } = options;
	const flags = checkFlags(options);
	const catalogue = await loadCatalogue(flags, context);
	const found = findProvider(catalogue, provider);
	const events = catalogue.events.filter((event) => event.provider === found);
	const rules = chosenRules(allRules, options.only ?? [], options.skip ?? []);
	const setting = await checkSetting(found, events, options.to.toString(), flags, context, {
		probe: givenAccess(probe),
		setup: givenAccess(setup),
	});
	const result = await runCheck(rules, setting.checkContext, setting.options).catch((error: unknown) => {
		throw error instanceof RemoteAddress ? remoteProblem(error) : error;
	});
	signal?.throwIfAborted();
	const results = result.records.map((record) => ruleResult(record, context.mask));
	const exitCode = checkExitCode(result, setting.gate);
	return {
		passed: exitCode === 0,
		rules: results,
		failed: results.filter(({ verdict }) => verdict === 'failed'),
		exitCode,
		seed: Number(setting.checkContext.seed),
	};
}

function checkFlags(options: CheckOptions): CheckFlags {
	return defined({
		returnTo: options.returnTo?.toString(),
		auth: options.auth,
		amount: textOf(options.amount),
		header: headerTexts(options.headers),
		probeIgnore: options.probeIgnore,
		orders: options.orders,
		failOn: options.failOn,
		seed: textOf(options.seed),
		slow: options.slow,
		settle: options.settleMs === undefined ? undefined : `${options.settleMs}ms`,
		timeout: options.timeoutMs === undefined ? undefined : `${options.timeoutMs}ms`,
		insecure: options.insecure,
		allowRemote: options.allowRemote,
		...setupFlags(options),
	});
}
