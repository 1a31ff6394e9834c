import { Problem } from '../../model/problem.ts';
import { accessOf, type OrderAccess } from '../../order/access.ts';
import { pointerKeys } from '../../order/answered-reference.ts';
import { type TypedFlags, text, texts } from './flag.ts';
import { parseHeaderFlag } from './header-flag.ts';

/** @param only of which probes or scenarios, where not of all */
export const probeFlags = (group: string, only = '') => [
	text(
		'--probe-url <template>',
		`GET it to read an order${only}: http://localhost:3000/orders/{reference}`,
		group,
	),
	header('probe', group),
	text('--probe-command <template>', 'or run it: its output is the state', group),
];

export const setupFlags = (group: string, only = '') => [
	text(
		'--setup-url <template>',
		`POST to it to make an order${only}: …/setup/{reference}?amount={amount}`,
		group,
	),
	header('setup', group),
	text('--setup-command <template>', 'or run it', group),
	text(
		'--setup-reference <pointer>',
		'where its answer names the order, for a shop that numbers its own: /data/id',
		group,
	),
];

const header = (what: 'probe' | 'setup', group: string) =>
	texts(
		`--${what}-header <name: value>`,
		'a header for that URL; env:VAR for a value that is a key',
		group,
	);

/**
 * What `--probe-url` or `--probe-command` say, or the set-up's; headers go with the URL.
 *
 * @param usual where the command line names neither
 * @throws Problem `option-conflict`, `header-invalid`, `usage`
 */
export function readShop(
	what: 'probe' | 'setup',
	typed: TypedFlags,
	usual?: OrderAccess,
): OrderAccess | undefined {
	const url = typed[`${what}Url`] as string | undefined;
	const command = typed[`${what}Command`] as string | undefined;
	if (url !== undefined && command !== undefined)
		throw new Problem(
			'option-conflict',
			`--${what}-url and --${what}-command contradict each other`,
			{ hint: 'Keep one of them.' },
		);
	const access = namedBy(typed, what, accessOf({ url, command }) ?? usual);
	const given = typed[`${what}Header`] as readonly string[] | undefined;
	if (given === undefined) return access;
	const headers = given.map((one) => parseHeaderFlag(one, `${what}Header`));
	if (access?.kind !== 'url')
		throw new Problem('usage', `--${what}-header says nothing without --${what}-url`, {
			hint: `Add --${what}-url, or leave it out.`,
		});
	const names = new Set(headers.map(({ name }) => name.toLowerCase()));
	const kept = (access.headers ?? []).filter(({ name }) => !names.has(name.toLowerCase()));
	return { ...access, headers: [...kept, ...headers] };
}

/** @throws Problem `usage` */
function namedBy(
	{ setupReference }: TypedFlags,
	what: 'probe' | 'setup',
	access: OrderAccess | undefined,
): OrderAccess | undefined {
	if (what === 'probe' || setupReference === undefined) return access;
	const reference = String(setupReference);
	pointerKeys(reference);
	if (access !== undefined && access.kind !== 'function') return { ...access, reference };
	throw new Problem('usage', '--setup-reference says nothing without a set-up', {
		hint: 'Add --setup-url or --setup-command, or leave it out.',
	});
}
