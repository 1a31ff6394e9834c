import { findProvider } from '../catalogue/catalogue.ts';
import { ruleInOwnWords } from '../check/own-words.ts';
import type { Rule } from '../check/rule.ts';
import { rules as allRules } from '../check/rules/index.ts';
import { signatureOf } from '../check/subject.ts';
import { chosenRules, findRule, isGated } from '../check/verdicts.ts';
import { credentialsUsed } from '../compose/credentials-used.ts';
import { usualTarget } from '../delivery/target.ts';
import { nothingListens } from '../delivery/wait-for.ts';
import { checkReceiver } from '../engine/check.ts';
import { type CheckSetting, checkSetting } from '../engine/check-setting.ts';
import type { ReceiverProcess } from '../engine/own-receiver.ts';
import { openReceiver } from '../engine/receiver.ts';
import { runId } from '../engine/run-id.ts';
import { formatDuration, type Millis } from '../model/duration.ts';
import { Problem } from '../model/problem.ts';
import type { RuleRecord } from '../model/rule-record.ts';
import type { ExitCode } from '../model/run-event.ts';
import { inWords } from '../model/words.ts';
import { checkSettings, shopInForce } from '../project/check-settings.ts';
import type { Project } from '../project/project.ts';
import { projectProviders } from '../project/project-providers.ts';
import type { Collector } from '../report/collect/collector.ts';
import { ruleJson, ruleResult, rulesJson, summaryJson } from '../report/json/check-json.ts';
import { checkText } from '../report/text/check-text.ts';
import { ruleExplained, rulesListed } from '../report/text/rule-text.ts';
import { besideSandbox } from './beside-sandbox.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import type { Collect } from './keep-reports.ts';
import { noTarget } from './no-target.ts';
import { type CheckFlags, readCheckSettings } from './options/check-flags.ts';
import { flagWords } from './options/words.ts';
import { writePaged } from './paged.ts';
import { painterFor } from './paint.ts';
import { progressOf } from './progress.ts';
import { receiverWatch } from './receiver-watch.ts';
import { Recorder } from './recorder.ts';
import { withReports } from './reports.ts';

/** Proves a receiver against the rules; or tells the rules. */
export function check(
	providerId: string | undefined,
	flags: CheckFlags,
	context: CliContext,
): Promise<ExitCode> {
	if (flags.explain !== undefined || flags.list === true)
		return tellRules(providerId, flags, context);
	const head = { command: 'check', title: `check ${providerId ?? ''}`.trim() } as const;
	return withReports(flags, head, context, (reporting, collect) =>
		checkProvider(providerId, flags, reporting, collect),
	);
}

async function checkProvider(
	providerId: string | undefined,
	flags: CheckFlags,
	outer: CliContext,
	collect: Collect,
): Promise<ExitCode> {
	const here = await commandContext(flags, outer);
	const { catalogue, project } = here;
	const provider = findProvider(catalogue, providerId ?? theOnlyProvider(project));
	const events = catalogue.events.filter((event) => event.provider === provider);
	const said = readCheckSettings(flags, shopInForce(project));
	const settings = checkSettings(said, provider, events, project, here.context);
	const { to } = settings;
	if (to === undefined) throw noTarget('no receiver to check');
	const rules = chosenRules(allRules, settings.only ?? [], settings.skip ?? []);
	return besideSandbox(flags, [provider.id], settings, here, async (context, print) => {
		const setting = await checkSetting(provider, events, to, settings, print, context);
		return checkWith(rules, setting, flags, context, collect());
	});
}

async function checkWith(
	rules: readonly Rule[],
	setting: CheckSetting,
	flags: CheckFlags,
	context: CliContext,
	collector: Collector | undefined,
): Promise<ExitCode> {
	const { exec } = flags;
	const target = { url: setting.checkContext.settings.target, reach: setting.reach };
	const watch = receiverWatch(context);
	const own =
		exec === undefined
			? undefined
			: await openReceiver({ exec, waitFor: setting.waitFor }, [target], context, watch);
	let exitCode: ExitCode = 70;
	try {
		exitCode = await tellVerdicts(rules, setting, own?.process, flags, context, collector);
		return exitCode;
	} finally {
		await own?.close(exitCode !== 0);
	}
}

/** @throws Problem `usage` where the project file names none, or several */
function theOnlyProvider(project: Project): string {
	const [only, ...more] = projectProviders(project);
	if (only !== undefined && more.length === 0) return only;
	const first = `callsim check ${only ?? 'bayarcash'}`;
	throw new Problem('usage', 'no provider to check for', {
		hint:
			only === undefined
				? `Name one: ${first} --to ${usualTarget}`
				: `Name one of ${[only, ...more].join(', ')}: ${first}`,
	});
}

async function tellRules(
	providerId: string | undefined,
	flags: CheckFlags,
	context: CliContext,
): Promise<ExitCode> {
	const paint = painterFor(context.stdout, context, flags.color);
	const given =
		providerId === undefined ? undefined : (await commandContext(flags, context)).catalogue;
	const provider = given && findProvider(given, providerId ?? '');
	const proof = provider && signatureOf(provider, given.events);
	const all = allRules.map((rule) => {
		const told = { ...rule, hint: inWords(rule.hint, flagWords) };
		return proof === undefined ? told : ruleInOwnWords(told, proof);
	});
	if (flags.explain !== undefined) {
		const rule = findRule(all, flags.explain);
		context.stdout.write(flags.json === true ? rulesJson([rule]) : ruleExplained(rule, paint));
		return 0;
	}
	const id = provider?.id;
	const about = all.filter(({ providers }) => id === undefined || (providers ?? [id]).includes(id));
	if (flags.json === true) context.stdout.write(rulesJson(about));
	else await writePaged(rulesListed(about, paint), flags, context);
	return 0;
}

/** Tells every verdict as JSON lines, or all at the end as text. */
async function tellVerdicts(
	rules: readonly Rule[],
	setting: CheckSetting,
	own: ReceiverProcess | undefined,
	flags: CheckFlags,
	context: CliContext,
	collector: Collector | undefined,
): Promise<ExitCode> {
	const { stdout, stderr, mask } = context;
	const { checkContext, gate, simulatorKeys } = setting;
	const { subject, settings, seed } = checkContext;
	const run = runId(context.clock.now(), context.random);
	const tellKeys = () => {
		if (simulatorKeys.length > 0)
			context.note(`signed with callsim's own simulator key (${simulatorKeys.join(', ')} not set)`);
	};
	const recorder = new Recorder(flags, context);
	recorder.begin(run, 'check', `check ${subject.provider.id}`);
	const progress = progressOf(context, flags.json !== true);
	const onSilent = (host: string, _span: Millis, why: string) => {
		// The text says so by itself.
		if (flags.json !== true) return;
		const what =
			why === nothingListens ? `${why} on ${host}` : `no whole answer from ${host} (${why})`;
		stderr.write(`${what}; nothing was sent\n`);
	};
	let exitCode: ExitCode = 70;
	try {
		for await (const event of checkReceiver(rules, setting, context, {
			onProgress: (done, total, rule) => {
				tellKeys();
				progress.show(`${done}/${total} ${rule}`);
			},
			onSilent,
			own,
			onSlowStart: (span) => progress.stderr.write(slowStartText(span)),
			say: flagWords,
		})) {
			progress.clear();
			if (event.type === 'rule') {
				if (flags.json === true) stdout.write(ruleJson(event.record, run, mask));
				continue;
			}
			const { counts, records, cause } = event;
			exitCode = event.exitCode;
			const summary = {
				...{ run, provider: subject.provider.id, target: settings.target.href, seed },
				credentials: credentialsUsed(subject.message, {}, settings.credentials),
				...{ ...counts, exitCode },
			};
			const toleranceOf = (record: RuleRecord) =>
				isGated(record, gate) ? undefined : `below --fail-on ${gate}`;
			collector?.takeRules(run, subject.provider.id, records, context.clock.now(), toleranceOf);
			recorder.keep({
				...{ type: 'checked', run, provider: summary.provider, target: mask(summary.target) },
				...{ counts, exitCode },
				rules: records
					.filter(({ verdict }) => verdict === 'failed' || verdict === 'warned')
					.map((record) => ruleResult(record, mask)),
			});
			if (flags.json === true) stdout.write(summaryJson(summary));
			else
				stdout.write(
					checkText(
						records,
						{ ...summary, gate, cause },
						{ paint: painterFor(stdout, context, flags.color), mask },
						flags.verbose === true,
					),
				);
		}
	} finally {
		progress.clear();
		recorder.close();
	}
	return exitCode;
}

function slowStartText(span: Millis): string {
	const limit = span === 0 ? 'as long as it takes' : `up to ${formatDuration(span)}`;
	return `note: no answer yet: the receiver may be compiling; its first answers are waited for ${limit}\n`;
}
