import { findProvider } from '../catalogue/catalogue.ts';
import type { Rule } from '../check/rule.ts';
import { rules as allRules } from '../check/rules/index.ts';
import { chosenRules } from '../check/verdicts.ts';
import { assignmentsOf } from '../compose/assignment.ts';
import { headersFrom } from '../compose/headers.ts';
import { parseTarget } from '../delivery/target.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { checkReceiver } from '../engine/check.ts';
import { type CheckSetting, checkSetting } from '../engine/check-setting.ts';
import { ifGiven } from '../model/if-given.ts';
import { picked } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import { plainReach } from '../model/settings.ts';
import { programWords } from '../model/words.ts';
import { ruleResult } from '../report/json/check-json.ts';
import type { CheckSettings } from '../settings/check-settings.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { besideSandbox } from './beside-sandbox.ts';
import { givenAccess } from './given-access.ts';
import { inContext } from './in-context.ts';
import { refuseNowhere, seedOf, setupSettings, spanOf, targetOf } from './settings-of.ts';
import type { CheckOptions, CheckResult, ExitCode, RuleResult } from './types.ts';

/**
 * Proves a receiver against the rules.
 * @param provider `bayarcash`, `iak`, `khoins`, `transfez`, or one of your own with a `lifecycle`
 * @returns a verdict on every rule; rules that fail are results, no errors
 * @throws Problem for anything a caller can fix; the signal's reason when it is aborted
 */
export async function check(provider: string, options: CheckOptions): Promise<CheckResult> {
	return inContext(options, (context) => checkRules(provider, options, context));
}

async function checkRules(
	provider: string,
	options: CheckOptions,
	context: EngineContext,
): Promise<CheckResult> {
	refuseNowhere(options.to);
	const settings = checkSettings(options);
	const catalogue = await loadCatalogue(settings, context);
	const found = findProvider(catalogue, provider);
	const events = catalogue.events.filter((event) => event.provider === found);
	const rules = chosenRules(allRules, options.only ?? [], options.skip ?? []);
	const to = parseTarget(options.to.toString());
	return besideSandbox(options, [found.id], settings, catalogue, context, async (beside, print) => {
		const setting = await checkSetting(found, events, to, settings, print, beside);
		return tellRules(rules, setting, beside);
	});
}

async function tellRules(
	rules: readonly Rule[],
	setting: CheckSetting,
	context: EngineContext,
): Promise<CheckResult> {
	const results: RuleResult[] = [];
	let exitCode: ExitCode = 70;
	for await (const event of checkReceiver(rules, setting, context, {
		onSilent: () => undefined,
		say: programWords,
	}))
		if (event.type === 'rule') results.push(ruleResult(event.record, context.mask));
		else exitCode = event.exitCode;
	return {
		passed: exitCode === 0,
		rules: results,
		failed: results.filter(({ verdict }) => verdict === 'failed'),
		exitCode,
		seed: Number(setting.checkContext.seed),
	};
}

function checkSettings(options: CheckOptions): CheckSettings {
	const { probe, setup, auth, encoding, amount, probeIgnore, orders, reference, failOn, slow } =
		options;
	if (failOn !== undefined && failOn !== 'must' && failOn !== 'should')
		throw new Problem('usage', `failOn "${failOn}" is neither must nor should`, {
			hint: "Write failOn: 'should'.",
		});
	return {
		...{ auth, encoding, probeIgnore, orders, reference, failOn, slow },
		...picked(options, plainReach),
		add: options.add === undefined ? undefined : assignmentsOf(options.add, 'add'),
		probe: givenAccess(probe, 'probe'),
		setup: givenAccess(setup, 'setup'),
		returnTo: targetOf(options.returnTo, 'returnTo'),
		amount: ifGiven(amount, String),
		headers: headersFrom(options.headers),
		seed: seedOf(options.seed),
		settle: spanOf(options.settleMs, 'settle'),
		timeout: spanOf(options.timeoutMs, 'timeout'),
		...setupSettings(options),
	};
}
