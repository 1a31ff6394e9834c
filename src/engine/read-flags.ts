import { parseHeader } from '../compose/headers.ts';
import { seededRandom } from '../compose/seeded-random.ts';
import type { Shaping } from '../compose/shaping.ts';
import type { Random } from '../model/clock.ts';
import { type Millis, millis, parseDuration } from '../model/duration.ts';
import { Problem } from '../model/problem.ts';
import type { Header } from '../model/request.ts';
import type { EngineContext } from './engine-context.ts';
import { readGiven } from './files.ts';
import type { DeliveryFlags, ShapingFlags } from './flags.ts';

/** The instant a seed means when no --now is given: any would do, as long as it never changes. */
const seededNow = '2026-01-15T10:30:45+08:00';

/** The one clock reading of a run, epoch milliseconds: whole seconds, because a command line that repeats it names the instant. */
export function readRunInstant({ seed, now }: Pick<ShapingFlags, 'seed' | 'now'>, { clock }: EngineContext): number {
	const given = now ?? (seed === undefined ? undefined : seededNow);
	return given === undefined ? Math.floor(clock.now() / 1_000) * 1_000 : instant(given);
}

export async function readShaping(flags: ShapingFlags, context: EngineContext): Promise<Shaping> {
	if (flags.body === '-' && flags.rawBody === '-')
		throw new Problem('option-conflict', '--body - and --raw-body - both read standard input', {
			hint: 'Keep one of them.',
		});
	return {
		ref: flags.ref,
		amount: flags.amount,
		set: flags.set,
		add: flags.add,
		unset: flags.unset,
		body:
			flags.body === undefined
				? flags.own?.body
				: Buffer.from(await readGiven(flags.body, '--body', context.stdin, true)).toString('utf8'),
		rawBody:
			flags.rawBody === undefined
				? flags.own?.rawBody
				: await readGiven(flags.rawBody, '--raw-body', context.stdin, false),
		variants: flags.variant?.flatMap((text) =>
			text
				.split(',')
				.map((part) => part.trim())
				.filter((part) => part !== ''),
		),
		encoding: flags.encoding,
		auth: flags.auth,
		fresh: flags.fresh,
		tamper: flags.tamper,
		unsigned: flags.unsigned,
		wrongKey: flags.wrongKey,
	};
}

/** One clock reading and one source of randomness for everything fresh in a run. @throws Problem `usage` */
export function readFreshness(flags: ShapingFlags, context: EngineContext): { now: number; random: Random } {
	const given = flags.seed === undefined ? flags.now : (flags.now ?? seededNow);
	if (flags.fresh !== true && (flags.seed !== undefined || flags.now !== undefined)) {
		throw new Problem('usage', `${flags.seed === undefined ? '--now' : '--seed'} changes nothing without --fresh`, {
			hint: 'Add --fresh.',
		});
	}
	if (flags.seed !== undefined && !/^\d+$/.test(flags.seed)) {
		throw new Problem('usage', `--seed "${flags.seed}" is not a whole number`, { hint: 'Write --seed 7.' });
	}
	return {
		now: given === undefined ? context.clock.now() : instant(given),
		random: flags.seed === undefined ? context.random : seededRandom(flags.seed),
	};
}

/** RFC 3339 with a zone; a day that does not exist, or one before 1970, is refused rather than moved. */
function instant(text: string): number {
	const match = /^(\d{4})-(\d\d)-(\d\d)[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.exec(text);
	const [, year, month, day] = (match ?? []).map(Number);
	const exists = match !== null && new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day)).getUTCDate() === day;
	const now = exists ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
	if (now >= 0) return now;
	throw new Problem('usage', `--now "${text}" is not a time`, {
		hint: 'Write RFC 3339 with a zone: 2026-01-15T10:30:45+08:00',
	});
}

type HeaderFlags = Pick<ShapingFlags, 'header' | 'secretHeader' | 'maskedHeader'>;

export interface DeliverySettings {
	readonly retry: string;
	/** Infinity for `max`. */
	readonly speed: number;
	readonly timeout: Millis;
	readonly delay: Millis;
	readonly duplicate: number;
	readonly insecure: boolean;
	readonly allowRemote: boolean;
	readonly waitFor: Millis | undefined;
	readonly bail: boolean;
}

const mostDuplicates = 100;

/** @throws Problem `duration-invalid`, `usage`, `option-conflict` */
export function readDelivery(flags: DeliveryFlags): DeliverySettings {
	return {
		retry: flags.retry ?? 'provider',
		speed: readSpeed(flags),
		timeout: flags.timeout === undefined ? millis(30_000) : parseDuration(flags.timeout, '--timeout'),
		delay: flags.delay === undefined ? millis(0) : parseDuration(flags.delay, '--delay'),
		duplicate: flags.duplicate === undefined ? 1 : readCount(flags.duplicate, '--duplicate', mostDuplicates),
		insecure: flags.insecure === true,
		allowRemote: flags.allowRemote === true,
		waitFor: flags.waitFor === undefined ? undefined : parseDuration(flags.waitFor, '--wait-for'),
		bail: flags.bail === true,
	};
}

function readSpeed({ speed, realTime }: DeliveryFlags): number {
	const factor =
		speed === undefined
			? undefined
			: speed === 'max'
				? Number.POSITIVE_INFINITY
				: /^\d+(\.\d+)?x?$/.test(speed)
					? Number.parseFloat(speed)
					: Number.NaN;
	if (factor !== undefined && !(factor > 0))
		throw new Problem('usage', `--speed "${speed}" is not a factor`, {
			hint: 'Use a number above 0 (100: 300 s pass in 3 s), or max.',
		});
	if (realTime === true && factor !== undefined && factor !== 1)
		throw new Problem('option-conflict', `--real-time and --speed ${speed} contradict each other`, {
			hint: 'Keep one of them.',
		});
	return realTime === true ? 1 : (factor ?? 100);
}

function readCount(text: string, flag: string, most: number): number {
	const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
	if (!(count >= 1 && count <= most))
		throw new Problem('usage', `${flag} "${text}" is not a whole number from 1 to ${most}`, {
			hint: `Write ${flag} 2.`,
		});
	return count;
}

export function readHeaders({ header = [], secretHeader = [], maskedHeader = [] }: HeaderFlags): Header[] {
	const masked = (one: Header): Header => ({ ...one, shown: '[masked]', shell: '[masked]' });
	const names = maskedHeader.map((name) => name.toLowerCase());
	const plain = header.map(parseHeader).map((one) => (names.includes(one.name.toLowerCase()) ? masked(one) : one));
	return [...secretHeader.map(parseHeader).map(masked), ...plain];
}
