import { segmentsOf, valueAt } from '../../compose/path.ts';
import type { ValueObject } from '../../model/value.ts';
import { leavesOf } from '../../order/state.ts';
import type { CaseRun, RuleCase } from '../case.ts';
import { type Finding, failed, inconclusive, passed } from '../finding.ts';
import { answerOf } from '../judge-case.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { iakCallback, iakSerial, khoinsTransaction } from './sources.ts';

/** Serial numbers, pins and codes: kept to the last character. */
export const serialRules: readonly Rule[] = [
	{
		id: 'serial-intact',
		title: 'A long serial number is kept to the last digit',
		level: 'must',
		why: 'Twenty digits do not fit a number: 12345678901234567890 becomes 12345678901234567000, and the customer’s token does not work. A pattern that stops at the first dot or slash loses the rest.',
		hint: 'Keep it as text. KHOINS: everything between "SN: " and ". Saldo:".',
		source: khoinsTransaction,
		cases: (subject) => {
			const { serialParts, roles } = subject.message;
			const { serial: field } = roles;
			if (field === undefined) return 'not for messages without a serial number';
			const long =
				serialParts === undefined
					? '2514-1798-8056-2280-2824/HASMALINDA/R1M/900VA/33.7'
					: 'ABCD-1234.5678/EFGH';
			return ['12345678901234567890', '00123456789012345678', long].map((serial) =>
				kept(`serial ${serial}`, subject, field, serial),
			);
		},
	},
	{
		id: 'serial-parts',
		title: 'PLN’s serial with its five parts is taken',
		level: 'must',
		providers: ['iak'],
		why: 'The page describes three parts, the sample has five, because tariff and power hold a slash of their own: code that splits into four throws, or sells a token without its end.',
		hint: 'Keep the whole text; the token is what stands before the first slash.',
		source: iakSerial,
		cases: () => [
			keptEvent(
				'a PLN token',
				'pln-success',
				'0123-4567-8901-2345-6789/PT INDOBEST ARTHA KREASI/R1 /000001300/66.2',
				{},
			),
			keptEvent(
				'a name with a slash',
				'pln-success',
				'0123-4567-8901-2345-6789/TOKO A/B & SONS/R1 /000001300/66.2',
				{
					set: ['sn=0123-4567-8901-2345-6789/TOKO A/B & SONS/R1 /000001300/66.2'],
				},
			),
		],
	},
	{
		id: 'serial-absent',
		title: 'A failure comes without a serial number',
		level: 'must',
		providers: ['iak'],
		why: 'Absent means absent: data.sn.trim() is a 500, and the failure is lost.',
		hint: 'Read sn only on success, or with a default.',
		source: iakCallback,
		cases: (subject) =>
			['pulsa-failed', 'game-failed']
				.filter((event) => subject.events.has(event))
				.map(
					(event): RuleCase => ({
						about: `${event} without sn`,
						steps: [{ event }],
						answer: 'acknowledged',
					}),
				),
	},
	{
		id: 'values-intact',
		title: 'Pins, codes and account numbers are kept to the last character',
		level: 'must',
		why: 'A pin 0123 that is kept as a number is 123, and the voucher is worthless.',
		hint: 'Keep them as text.',
		source: iakCallback,
		cases: (subject) => {
			const { account } = subject.message.roles;
			const accounts =
				account === undefined
					? []
					: [kept('account with leading zeros', subject, account, '00120034567890123456')];
			const all = [...accounts, ...vouchers(subject)];
			return all.length > 0 ? all : 'not for messages without such values';
		},
	},
];

/** In the events that have them; what is all digits is the more easily taken for a number. */
function vouchers({ events }: Subject): RuleCase[] {
	return [...events].flatMap(([event, { message, file }]) =>
		(message.roles.vouchers ?? []).flatMap((path) => {
			const sample = valueAt(file.values as ValueObject, segmentsOf(path));
			if (typeof sample !== 'string' || sample === '') return [];
			if (!/^\d+$/.test(sample)) return [keptEvent(path, event, sample, {})];
			return ['00123456789', '98765432109876543210'].map((value) =>
				keptEvent(`${path} ${value}`, event, value, { set: [`${path}=${value}`] }),
			);
		}),
	);
}

function kept(about: string, subject: Subject, field: string, value: string): RuleCase {
	return keptEvent(about, subject.success, value, { set: [`${field}=${value}`] });
}

function keptEvent(
	about: string,
	event: string,
	value: string,
	shaping: { set?: string[] },
): RuleCase {
	return {
		about,
		steps: [{ event, shaping }],
		answer: 'acknowledged',
		judge: (run, _learned, subject) => {
			const answer = answerOf(run, subject);
			return answer.verdict === 'passed' ? judgeIntact(run, about, value, subject) : answer;
		},
	};
}

/**
 * Looks for the value in what the probe shows. Found cut or rounded: not intact, also where a copy
 * of the callback beside it is whole. Found whole, or its first part: intact. Not found: the
 * receiver may keep it where the probe does not look.
 */
function judgeIntact(
	{ before, final }: CaseRun,
	about: string,
	value: string,
	{ message }: Subject,
): Finding {
	if (final === undefined || before === undefined)
		return inconclusive(`${about}: acknowledged; what was kept cannot be seen without a probe`);
	const old = leavesOf(before);
	const shown = [...leavesOf(final)]
		.filter(([path, json]) => old.get(path) !== json)
		.map(
			([path, json]) => [path, json.startsWith('"') ? (JSON.parse(json) as string) : json] as const,
		);
	// Where the provider documents what stands between the slashes; elsewhere all of it must be kept.
	const parts = (message.serialParts === undefined ? [] : value.split(message.serialParts)).map(
		(part) => part.trim(),
	);
	const [head = ''] = parts;
	const tokens = [
		value,
		value.replaceAll('-', ''),
		...(parts.length === 0 ? [] : [head, head.replaceAll('-', '')]),
	];
	const damaged = shown.find(
		([, text]) => !tokens.includes(text) && !parts.includes(text) && isDamaged(text, value),
	);
	if (damaged !== undefined)
		return failed(`${about}: ${damaged[0]} is ${damaged[1]}, it should be ${value}`);
	const whole = shown.find(([, text]) => tokens.includes(text) || text.includes(value));
	if (whole !== undefined) return passed(`${about}: ${whole[0]} is ${whole[1]}`);
	return inconclusive(`${about}: the probe does not show it`);
}

/** A beginning of it, an end of it, or its number: long enough not to be chance. */
function isDamaged(text: string, value: string): boolean {
	const short =
		text.length >= 3 &&
		text.length < value.length &&
		(value.startsWith(text) || value.endsWith(text));
	if (short) return true;
	const digits = value.replace(/\D/g, '');
	const number = Number(text);
	if (text.trim() === '' || !Number.isFinite(number) || number === 0 || digits.length < 4)
		return false;
	return (
		number === Number(value) || number === Number(digits) || number === Number.parseInt(value, 10)
	);
}
