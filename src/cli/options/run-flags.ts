import type { Command } from 'commander';
import { mostJobs, parseCount } from '../../model/number-settings.ts';
import type { Settings } from '../../model/settings.ts';
import { addCommonFlags, type CommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { deliver, deliveryFlags, reachFlags, realTimeFlag } from './delivery-flags.ts';
import { alone, text, texts } from './flag.ts';
import { addJournalFlags, type JournalFlags } from './journal-flags.ts';
import { addReportFlag, type ReportFlags } from './report-flag.ts';
import { type SandboxPortFlag, sandboxPortFlag } from './sandbox-port-flag.ts';
import { readSettings } from './settings-flags.ts';
import { shapingFlags } from './shaping-flags.ts';
import { probeFlags, setupFlags } from './shop-flags.ts';

/** What is no setting of a callback. */
export interface RunFlags extends CommonFlags, ReportFlags, JournalFlags, SandboxPortFlag {
	readonly only?: readonly string[];
	readonly jobs?: string;
	readonly exec?: string;
	readonly sandbox?: boolean;
}

const run = 'Run them:';

export function addRunFlags(command: Command): Command {
	const { seed, now, credentials, headers } = shapingFlags;
	const { to, returnTo, retry, speed, timeout, waitFor, bail } = deliveryFlags;
	define(
		command,
		{ ...to, about: 'your receiver, where a scenario does not name it' },
		returnTo,
		text(
			'--exec <command>',
			'start the receiver, stop it at the end; its output is shown when something fails',
			run,
		),
		{
			...waitFor,
			about: 'wait until every target answers over HTTP (with --exec: 30s)',
			group: run,
		},
		alone(
			'--sandbox',
			"open the provider's own API too, at port 4848 or --sandbox-port, for steps that pay",
			run,
		),
		sandboxPortFlag(run),
		texts('--only <name>', 'scenarios whose name, or file, is this or holds this', run),
		...probeFlags(run, ', for probes that do not say how'),
		...setupFlags(run, ', for scenarios with a setup'),
		text('--jobs <n>', 'scenarios at the same time (default: 1)', run),
		{ ...bail, about: 'stop at the first step that fails', group: run },
		{ ...seed, about: 'repeat a run: fresh ids, shuffles', group: run },
		{ ...now, about: 'the instant of fresh times, RFC 3339', group: run },
		...[retry, speed, realTimeFlag, timeout],
		{ ...credentials, group: deliver },
		{ ...headers, group: deliver },
		...Object.values(reachFlags),
	);
	return addReportFlag(addJournalFlags(addCommonFlags(command)));
}

/** What the command line says of a run, and of every delivery in it. @throws Problem */
export function readRunFlags(flags: RunFlags) {
	const { seed, now, bail = false, waitFor, ...settings }: Settings = readSettings(flags);
	const jobs = flags.jobs === undefined ? 1 : parseCount(flags.jobs, 'jobs', mostJobs);
	return { settings, seed, now, bail, waitFor, jobs };
}
