import type { Gate } from '../check/verdicts.ts';
import { isConfidential } from '../compose/headers.ts';
import { parseTarget } from '../delivery/target.ts';
import { Problem } from '../model/problem.ts';
import { accessOf, type OrderAccess } from '../order/access.ts';
import type { EngineContext } from './engine-context.ts';
import type { CheckFlags } from './flags.ts';

/** `a,b` and repeated flags alike. */
export function listed(texts: readonly string[] | undefined): string[] {
	return (texts ?? [])
		.flatMap((text) => text.split(','))
		.map((text) => text.trim())
		.filter((text) => text !== '');
}

/** @throws Problem `usage` */
export function readGate(text = 'must'): Gate {
	if (text === 'must' || text === 'should') return text;
	throw new Problem('usage', `--fail-on "${text}" is neither must nor should`, { hint: 'Write --fail-on should.' });
}

/** `--probe-url` or `--probe-command`, `--setup-url` or `--setup-command`. @throws Problem `usage`, `option-conflict` */
export function readAccess(
	what: 'probe' | 'setup',
	url: string | undefined,
	command: string | undefined,
): OrderAccess | undefined {
	if (url !== undefined && command !== undefined)
		throw new Problem('option-conflict', `--${what}-url and --${what}-command contradict each other`, {
			hint: 'Keep one of them.',
		});
	const text = url ?? command;
	if (text === undefined) return undefined;
	const flag = `--${what}-${url === undefined ? 'command' : 'url'}`;
	if (!text.includes('{reference}'))
		throw new Problem('usage', `${flag} names no {reference}`, {
			hint: "Write {reference} where the order's number goes, and {amount} where its sum goes.",
		});
	return accessOf({ url, command });
}

/** The page, where it is one, of an order that any will do for. @throws Problem `target-invalid` */
export function pageOf(what: 'probe' | 'setup', access: OrderAccess | undefined): URL[] {
	if (access?.kind !== 'url') return [];
	return [parseTarget(access.url.replaceAll(/\{(reference|amount)\}/g, '1'), `--${what}-url`)];
}

/** Without `--seed` every run makes orders of its own, so that a receiver that remembers can be checked again. */
export function readCheckSeed({ seed }: CheckFlags, context: EngineContext): string {
	if (seed === undefined) return String(Buffer.from(context.random.bytes(4)).readUInt32BE());
	if (/^\d+$/.test(seed)) return seed;
	throw new Problem('usage', `--seed "${seed}" is not a whole number`, { hint: 'Write --seed 7.' });
}

/** `updated_at`, `data.history`: the whole path, its end, or everything below it. */
export function ignoring(names: readonly string[]): (path: string) => boolean {
	return (path) => names.some((name) => `.${path}.`.includes(`.${name}.`));
}

/** What a command line that does the same again has to repeat. A credential typed as a value is left to be filled in. */
export function repeated(flags: CheckFlags): string[] {
	const header = (text: string) => {
		const [name = ''] = text.split(':');
		return isConfidential(name) ? `${name}: …` : text;
	};
	const credential = (text: string) => (/=(env|file):/.test(text) ? text : `${text.slice(0, text.indexOf('='))}=…`);
	return [
		...(flags.providers === undefined ? [] : ['--providers', flags.providers]),
		...(flags.header ?? []).flatMap((text) => ['--header', header(text)]),
		...(flags.credential ?? []).flatMap((text) => ['--credential', credential(text)]),
		...(flags.insecure === true ? ['--insecure'] : []),
		...(flags.allowRemote === true ? ['--allow-remote'] : []),
	];
}
