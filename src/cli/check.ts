import { findProvider } from '../catalogue/catalogue.ts';
import { recordWithout } from '../check/record.ts';
import type { Rule } from '../check/rule.ts';
import { rules as allRules } from '../check/rules/index.ts';
import { type CheckResult, runCheck } from '../check/run-check.ts';
import { checkExitCode, chosenRules, countRules, findRule, isGated } from '../check/verdicts.ts';
import { credentialsUsed } from '../compose/credentials-used.ts';
import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { listensWithin } from '../delivery/wait-for.ts';
import { type CheckSetting, checkSetting } from '../engine/check-setting.ts';
import type { CheckFlags } from '../engine/flags.ts';
import { listed } from '../engine/read-check.ts';
import { remoteProblem } from '../engine/remote-problem.ts';
import { runId } from '../engine/run-id.ts';
import { millis } from '../model/duration.ts';
import { Problem } from '../model/problem.ts';
import type { RuleRecord } from '../model/rule-record.ts';
import type { ExitCode } from '../model/run-event.ts';
import { checkFlags } from '../project/check-flags.ts';
import type { Collector } from '../report/collect/collector.ts';
import { ruleJson, rulesJson, summaryJson } from '../report/json/check.ts';
import { checkText } from '../report/text/check-text.ts';
import { ruleExplained, rulesListed } from '../report/text/rule-text.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { painterFor } from './paint.ts';
import { receiverFor } from './receiver-for.ts';
import { type Collect, withReports } from './reports.ts';

/** Proves a receiver against the rules; or tells the rules. */
export function check(providerId: string | undefined, flags: CheckFlags, context: CliContext): Promise<ExitCode> {
	if (flags.explain !== undefined || flags.list === true) return tellRules(providerId, flags, context);
	const head = { command: 'check', title: `check ${providerId ?? ''}`.trim() } as const;
	return withReports(flags, head, context, (reporting, collect) => checked(providerId, flags, reporting, collect));
}

async function checked(
	providerId: string | undefined,
	given: CheckFlags,
	outer: CliContext,
	collect: Collect,
): Promise<ExitCode> {
	const { context, catalogue, project } = await commandContext(given, outer);
	if (providerId === undefined)
		throw new Problem('usage', 'no provider to check for', {
			hint: 'Name one: callsim check bayarcash --to http://localhost:3000/callback',
		});
	const provider = findProvider(catalogue, providerId);
	const events = catalogue.events.filter((event) => event.provider === provider);
	const flags = checkFlags(given, provider, events, project, context);
	if (flags.to === undefined)
		throw new Problem('target-missing', 'no receiver to check', {
			hint: "Add --to with your receiver's URL: --to http://localhost:3000/callback",
		});
	const rules = chosenRules(allRules, listed(flags.only), listed(flags.skip));
	const setting = await checkSetting(provider, events, flags.to, flags, context);
	const { mask } = context;
	const collector = collect();
	const { exec } = flags;
	const own =
		exec === undefined ? undefined : await receiverFor(flags, [setting.checkContext.settings.target], context, mask);
	let exitCode: ExitCode = 70;
	try {
		exitCode = report(await proved(rules, setting, flags, context), setting, flags, context, collector);
		return exitCode;
	} finally {
		await own?.close(exitCode !== 0);
	}
}

async function tellRules(providerId: string | undefined, flags: CheckFlags, context: CliContext): Promise<ExitCode> {
	const paint = painterFor(context.stdout, context, flags.color);
	if (flags.explain !== undefined) {
		const rule = findRule(allRules, flags.explain);
		context.stdout.write(flags.json === true ? rulesJson([rule]) : ruleExplained(rule, paint));
		return 0;
	}
	const id =
		providerId === undefined
			? undefined
			: findProvider((await commandContext(flags, context)).catalogue, providerId).id;
	const about = allRules.filter(({ providers }) => id === undefined || (providers ?? [id]).includes(id));
	context.stdout.write(flags.json === true ? rulesJson(about) : rulesListed(about, paint));
	return 0;
}

/** For a receiver that was started in the same breath. */
const aMoment = millis(1_000);

async function proved(
	rules: readonly Rule[],
	{ checkContext, options, waitFor, allowRemote, simulatorKeys }: CheckSetting,
	flags: CheckFlags,
	context: CliContext,
): Promise<CheckResult> {
	const { target } = checkContext.settings;
	if (simulatorKeys.length > 0)
		context.stderr.write(`note: signed with callsim's own simulator key (${simulatorKeys.join(', ')} not set)\n`);
	const progress = progressOf(context, flags);
	try {
		const patience = { clock: context.clock, allowRemote, signal: checkContext.signal };
		if (!(await listensWithin(target, waitFor ?? aMoment, patience))) {
			const reason = `nothing listens on ${target.host}`;
			context.stderr.write(`${reason}; nothing was sent\n`);
			return { reached: false, records: rules.map((rule) => recordWithout(rule, 'inconclusive', reason)) };
		}
		return await runCheck(rules, checkContext, { ...options, onProgress: progress.show });
	} catch (error) {
		if (checkContext.signal?.aborted === true)
			return {
				reached: true,
				records: rules.map((rule) => recordWithout(rule, 'inconclusive', 'stopped before it was tried')),
			};
		throw error instanceof RemoteAddress ? remoteProblem(error) : error;
	} finally {
		progress.clear();
	}
}

function report(
	result: CheckResult,
	setting: CheckSetting,
	flags: CheckFlags,
	context: CliContext,
	collector: Collector | undefined,
): ExitCode {
	const { records } = result;
	const { checkContext, gate } = setting;
	const { subject, settings, seed, signal } = checkContext;
	const exitCode = checkExitCode(result, gate, signal);
	const run = runId(context.clock.now(), context.random);
	const credentials = credentialsUsed(subject.message, {}, settings.credentials);
	const summary = {
		run,
		provider: subject.provider.id,
		target: settings.target.href,
		seed,
		credentials,
		...countRules(records),
		exitCode,
	};
	const { mask } = context;
	const counts = (record: RuleRecord) => isGated(record, gate);
	collector?.takeRules(run, subject.provider.id, records, context.clock.now(), counts);
	if (flags.json === true) {
		for (const record of records) context.stdout.write(ruleJson(record, run, mask));
		context.stdout.write(summaryJson(summary));
	} else {
		context.stdout.write(
			checkText(records, { ...summary, gate }, painterFor(context.stdout, context, flags.color), mask),
		);
	}
	return exitCode;
}

/** One line that is written over, in a terminal alone. */
function progressOf({ stderr }: CliContext, { json }: CheckFlags) {
	const isShown = stderr.isTTY && json !== true;
	return {
		show: (done: number, total: number, rule: string) => {
			if (isShown) stderr.write(`\r\u001b[K${done}/${total} ${rule}`);
		},
		clear: () => {
			if (isShown) stderr.write('\r\u001b[K');
		},
	};
}
