import type { Command } from 'commander';
import { parseRate, parseShare } from '../../burst/load-settings.ts';
import { parseMix, type Share } from '../../burst/mix.ts';
import type { BurstSettings } from '../../engine/prepare-burst.ts';
import { parseDuration } from '../../model/duration.ts';
import { parseCount } from '../../model/number-settings.ts';
import { Problem } from '../../model/problem.ts';
import { addCommonFlags, type CommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { deliveryFlags, realTimeFlag } from './delivery-flags.ts';
import { alone, text } from './flag.ts';
import { addReportFlag, type ReportFlags } from './report-flag.ts';
import { shapingFlags } from './shaping-flags.ts';
import { addTargetFlags } from './shared-flags.ts';

export interface BurstFlags extends CommonFlags, ReportFlags {
	readonly count?: string;
	readonly connections?: string;
	readonly workers?: string;
	readonly rate?: string;
	readonly duration?: string;
	readonly mix?: string;
	readonly duplicates?: string;
	readonly shuffle?: boolean;
	readonly unacknowledged?: string;
}

/** Where the references of those that were not acknowledged are written. */
export const usualUnacknowledged = 'callsim-unacknowledged.txt';
const usualCount = 1_000;
const mostCallbacks = 100_000_000;
const mostConnections = 1_000;
const mostWorkers = 64;

export function addBurstFlags(command: Command): Command {
	const burst = 'How many, how fast:';
	const { ref: _, rawBody: __, fresh: ___, ...shaping } = shapingFlags;
	const { to: ____, returnTo: _____, retry, speed, duplicate, ...delivery } = deliveryFlags;
	const load = [
		text(
			'--count <n>',
			`different callbacks (default: ${usualCount}; with --duration: no end)`,
			burst,
		),
		text('--connections <n>', 'kept open, one request on each at a time (default: 10)', burst),
		text(
			'--workers <n>',
			'threads that send, each its share of callbacks, connections and rate (default: 1)',
			burst,
		),
		text(
			'--rate <n/s>',
			'so many a second, however the receiver does: 500/s; latency counts from when one was due',
			burst,
		),
		text('--duration <duration>', 'begin no callback after that, wall time', burst),
		text('--mix <shares>', 'several outcomes: success=8,failed=1,pending=1', burst),
		text('--duplicates <share>', 'so many of them are sent twice: 5%', burst),
		alone('--shuffle', 'in another order than they were made', burst),
		text(
			'--unacknowledged <file>',
			`where the references of those not acknowledged go (default: ${usualUnacknowledged})`,
			burst,
		),
	];
	define(command, ...load);
	addTargetFlags(command);
	// Every callback is fresh anyway.
	command.addOption(command.createOption('--fresh').hideHelp());
	define(command, ...Object.values(shaping), {
		...retry,
		about: 'for those not acknowledged: provider, 5x300s or 2m,10m,30m (default: none)',
	});
	define(command, speed, realTimeFlag, duplicate, ...Object.values(delivery));
	addReportFlag(command, 'json or html');
	return addCommonFlags(command);
}

/** @throws Problem `usage`, `duration-invalid` */
export function readBurst(
	flags: BurstFlags,
): BurstSettings & { mix: Share[] | undefined; workers: number } {
	const duration =
		flags.duration === undefined ? undefined : parseDuration(flags.duration, 'duration');
	if (duration === 0)
		throw new Problem('usage', '--duration 0 is no load', { hint: 'Write --duration 30s.' });
	const usual = duration === undefined ? usualCount : Number.POSITIVE_INFINITY;
	return {
		count: flags.count === undefined ? usual : parseCount(flags.count, 'count', mostCallbacks),
		connections:
			flags.connections === undefined
				? 10
				: parseCount(flags.connections, 'connections', mostConnections),
		rate: flags.rate === undefined ? undefined : parseRate(flags.rate),
		duration,
		duplicates: flags.duplicates === undefined ? 0 : parseShare(flags.duplicates, 'duplicates'),
		shuffle: flags.shuffle === true,
		workers: flags.workers === undefined ? 1 : parseCount(flags.workers, 'workers', mostWorkers),
		mix: flags.mix === undefined ? undefined : parseMix(flags.mix),
	};
}
