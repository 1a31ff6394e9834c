import type { Command } from 'commander';
import { Problem } from '../../model/problem.ts';
import type { CheckSettings } from '../../settings/check-settings.ts';
import type { PagerFlags } from '../paged.ts';
import { addCommonFlags, type CommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { deliver, deliveryFlags, duration, reachFlags } from './delivery-flags.ts';
import { alone, type FlagsOf, lists, one, readFlags, type TypedFlags, text } from './flag.ts';
import { addJournalFlags, type JournalFlags } from './journal-flags.ts';
import { pagerFlag } from './pager-flag.ts';
import { readingFlags } from './reading-flags.ts';
import { addReportFlag, type ReportFlags } from './report-flag.ts';
import { type SandboxPortFlag, sandboxPortFlag } from './sandbox-port-flag.ts';
import { shapingFlags } from './shaping-flags.ts';
import { probeFlags, readShop, setupFlags } from './shop-flags.ts';

/** What is no setting of the check itself. */
export interface CheckFlags
	extends CommonFlags,
		ReportFlags,
		JournalFlags,
		PagerFlags,
		SandboxPortFlag {
	readonly exec?: string;
	readonly list?: boolean;
	readonly explain?: string;
	readonly verbose?: boolean;
}

const state = "See the receiver's state:";
const choose = 'Choose and judge:';

const checkFlags: FlagsOf<Omit<CheckSettings, 'probe' | 'setup'>> = {
	probeIgnore: lists(
		'--probe-ignore <path>',
		'a part of the state that says nothing (also comma-separated)',
		state,
	),
	orders: lists(
		'--orders <references>',
		'existing orders, each used once (also comma-separated)',
		state,
	),
	reference: text(
		'--reference <form>',
		'what references look like, for a shop that takes no others: INV/{year}/{n}, {n:5} for five digits',
		state,
	),
	amount: {
		...shapingFlags.amount,
		about: "what an order costs (default: the sample's)",
		group: state,
	},
	settle: duration(
		'--settle <duration>',
		'settle',
		'how long the receiver may work after it has answered (default: 500ms)',
		state,
	),
	only: lists('--only <rule>', 'these rules alone (also comma-separated)', choose),
	skip: lists('--skip <rule>', 'without these rules', choose),
	failOn: one(
		'--fail-on <level>',
		'exit 1 for a failed must (default), or should as well',
		choose,
		parseGate,
		String,
	),
	slow: alone('--slow', 'the rules that take long, too', choose),
	seed: { ...shapingFlags.seed, about: 'make references and ids repeatable', group: choose },
	auth: { ...shapingFlags.auth, group: choose },
	encoding: {
		...shapingFlags.encoding,
		about:
			"prove everything in form, json or xml (default: what the receiver takes, the wire's own first)",
		group: choose,
	},
	add: {
		...shapingFlags.add,
		about: 'a field that is not there, in every callback, for receivers that need it',
		group: choose,
	},
	credentials: { ...shapingFlags.credentials, group: choose },
	headers: { ...shapingFlags.headers, group: choose },
	timeout: { ...deliveryFlags.timeout, about: 'for one answer (default: 10s; the first ones 60s)' },
	waitFor: {
		...deliveryFlags.waitFor,
		about: 'wait until the target answers over HTTP (with --exec: 30s)',
	},
	...reachFlags,
	to: deliveryFlags.to,
	returnTo: {
		...deliveryFlags.returnTo,
		about:
			"the page to which the payer's browser comes back; without it the rules about it are skipped",
	},
	providers: readingFlags.providers,
};

export function addCheckFlags(command: Command): Command {
	const {
		probeIgnore,
		orders,
		reference,
		amount,
		settle,
		only,
		skip,
		failOn,
		slow,
		seed,
		...more
	} = checkFlags;
	define(
		command,
		more.to,
		more.returnTo,
		...probeFlags(state),
		probeIgnore,
		...setupFlags(state),
		...[orders, reference, amount, settle, only, skip, failOn, slow, seed],
		alone('--list', 'print the rules', choose),
		pagerFlag,
		text('--explain <rule>', 'teach one rule', choose),
		alone('-v, --verbose', 'every verdict with all that is known of it', choose),
		...[more.auth, more.encoding, more.add, more.credentials, more.headers, more.timeout],
		text(
			'--exec <command>',
			'start the receiver, stop it at the end; its output is shown when a rule fails',
			deliver,
		),
		more.waitFor,
		sandboxPortFlag(deliver),
		...Object.values(reachFlags),
	);
	return addReportFlag(addJournalFlags(addCommonFlags(command)));
}

/** @param usual what the project file says of orders @throws Problem */
export function readCheckSettings(
	flags: object,
	usual: Pick<CheckSettings, 'probe' | 'setup'>,
): CheckSettings {
	const typed = flags as TypedFlags;
	return {
		...readFlags(checkFlags, typed),
		probe: readShop('probe', typed, usual.probe),
		setup: readShop('setup', typed, usual.setup),
	};
}

/** @throws Problem `usage` */
function parseGate(typed: string): 'must' | 'should' {
	if (typed === 'must' || typed === 'should') return typed;
	throw new Problem('usage', `--fail-on "${typed}" is neither must nor should`, {
		hint: 'Write --fail-on should.',
	});
}
