import { withoutBrackets } from '../../delivery/address.ts';
import { parseTarget } from '../../delivery/target.ts';
import { durationText, parseDuration } from '../../model/duration.ts';
import { mostDuplicates, paceOf, parseCount, speedText } from '../../model/number-settings.ts';
import { Problem } from '../../model/problem.ts';
import { parseRetry, retryText } from '../../model/retry.ts';
import type { DeliverySettings, ReachSettings } from '../../model/settings.ts';
import { alone, type FlagsOf, many, one, type TypedFlags } from './flag.ts';

export const deliver = 'Deliver it:';
const where = 'Where it goes:';

const target = (usage: string, setting: string, about: string) =>
	one(
		usage,
		about,
		where,
		(typed) => parseTarget(typed, setting),
		({ href }) => href,
	);

export const duration = (usage: string, setting: string, about: string, group = deliver) =>
	one(usage, about, group, (typed) => parseDuration(typed, setting), durationText);

/** `name:address`, or `name:port:address` as curl has it. @throws Problem `target-invalid` */
function parseResolve(typed: string): [name: string, address: string] {
	const [, name, address] = /^([^:[\]]+(?::\d{1,5})?):(?!\/\/)(.+)$/.exec(typed.trim()) ?? [];
	if (name !== undefined && address !== undefined) return [name, withoutBrackets(address)];
	throw new Problem('target-invalid', `--resolve "${typed}" is not a name and an address`, {
		hint: 'Write --resolve shop.test:127.0.0.1, or --resolve shop.test:443:127.0.0.1.',
	});
}

const resolveText = ([name, address]: readonly [string, string]): string =>
	`${name}:${address.includes(':') ? `[${address}]` : address}`;

const resolveFlag = many(
	'--resolve <name:address>',
	'where a name is, instead of a name server: shop.test:127.0.0.1',
	where,
	parseResolve,
	resolveText,
);

export const reachFlags: FlagsOf<ReachSettings> = {
	resolve: {
		...resolveFlag,
		read: (typed) => Object.fromEntries(resolveFlag.read(typed)),
		write: (names) => resolveFlag.write(Object.entries(names)),
	},
	insecure: alone('--insecure', 'accept any TLS certificate', deliver),
	allowRemote: alone(
		'--allow-remote',
		'allow targets outside this machine and its private networks',
		deliver,
	),
};

export const deliveryFlags: FlagsOf<DeliverySettings> = {
	to: target('--to <url>', 'to', 'your receiver; localhost:3000/cb, :3000/cb and 3000/cb do'),
	returnTo: target(
		'--return-to <url>',
		'returnTo',
		"for what the payer's browser carries: receipts (default: --to)",
	),
	retry: one(
		'--retry <schedule>',
		'provider, none, 5x300s (attempts x pause) or 2m,10m,30m (default: provider)',
		deliver,
		(typed) => parseRetry(typed),
		retryText,
	),
	speed: one(
		'--speed <factor>',
		'how much faster provider time passes, or max (default: 100)',
		deliver,
		(typed) => paceOf(typed, false) ?? 100,
		speedText,
	),
	timeout: duration(
		'--timeout <duration>',
		'timeout',
		'for one attempt, wall time; 0 = none (default: 30s)',
	),
	delay: duration('--delay <duration>', 'delay', 'wait before the first attempt, wall time'),
	duplicate: one(
		'--duplicate <n>',
		'n identical requests in all, at the same moment',
		deliver,
		(typed) => parseCount(typed, 'duplicate', mostDuplicates),
		String,
	),
	...reachFlags,
	waitFor: duration(
		'--wait-for <duration>',
		'waitFor',
		'wait until the target answers over HTTP, wall time',
	),
	bail: alone('--bail', 'stop after the first delivery that is not acknowledged', deliver),
};

export const realTimeFlag = alone('--real-time', 'the same as --speed 1', deliver);

/** `--speed` and `--real-time` say the same thing. @throws Problem `usage`, `option-conflict` */
export function readPace({ speed, realTime }: TypedFlags): Pick<DeliverySettings, 'speed'> {
	const pace = paceOf(speed === undefined ? undefined : String(speed), realTime === true);
	return pace === undefined ? {} : { speed: pace };
}
