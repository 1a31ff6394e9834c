import { Problem } from '../model/problem.ts';
import type { CallbackEvent, MessageFile } from '../model/provider.ts';
import type { Assignment } from '../model/settings.ts';
import type { ValueObject } from '../model/value.ts';
import type { Draft } from './override.ts';
import { segmentsOf, valueAt } from './path.ts';
import type { Shaping } from './shaping.ts';

/** Reference and amount under the provider's names for them. @throws Problem `path-unknown` */
export function roleAssignments(
	event: CallbackEvent,
	message: MessageFile,
	draft: Draft,
	shaping: Shaping,
): Assignment[] {
	const one = (
		role: 'reference' | 'amount',
		what: string,
		text: string | undefined,
	): Assignment[] => {
		if (text === undefined) return [];
		if (text === '')
			throw new Problem('value-missing', (say) => `${say(what)} is empty`, {
				hint: (say) => `Write ${say('set')} to send an empty ${role} on purpose.`,
			});
		if (role === 'amount' && !/^-?\d+(\.\d+)?$/.test(text)) {
			const plain = plainNumber(text);
			throw new Problem('value-misfit', (say) => `${say(what)} "${text}" is not a number`, {
				hint: (say) =>
					plain === undefined
						? `Write ${say('set')} to send something else on purpose.`
						: `Write it with a point and without separators: ${say(what, plain)}.`,
			});
		}
		const path = message.roles[role];
		const there =
			path !== undefined &&
			(valueAt(draft.values, segmentsOf(path)) ?? valueAt(draft.vars, segmentsOf(path))) !==
				undefined;
		if (path === undefined || !there)
			throw new Problem('path-unknown', (say) => `${say(what)}: ${event.id} carries no ${role}`, {
				hint: (say) => `Leave ${say(what)} out; see: callsim show ${event.id}`,
			});
		return [{ path, value: { kind: 'text', text } }];
	};
	return [...one('reference', 'ref', shaping.ref), ...one('amount', 'amount', shaping.amount)];
}

/** `12,50`, `1,000.00`, `1.000,00`: a number as people write it, where only one can be meant. */
function plainNumber(text: string): string | undefined {
	const number = text.trim().replace(/^(rp|rm|myr|idr)\s*/i, '');
	const [, whole, cents = ''] =
		/^(-?\d+|-?\d{1,3}(?:[., ]\d{3})+)(?:[.,](\d{1,2}))?$/.exec(number) ?? [];
	if (whole === undefined) return undefined;
	return `${whole.replace(/[., ]/g, '')}${cents === '' ? '' : `.${cents}`}`;
}

/** An amount in a form the provider never uses is sent as asked, but not in silence. */
export function amountWarnings(
	message: MessageFile,
	sample: ValueObject,
	values: ValueObject,
): string[] {
	const path = message.roles.amount;
	if (path === undefined) return [];
	const usual = valueAt(sample, segmentsOf(path));
	const given = valueAt(values, segmentsOf(path));
	if (typeof usual !== 'string' || typeof given !== 'string') return [];
	const decimals = (text: string) =>
		/^\d+(?:\.(\d+))?$/.exec(text)?.[1]?.length ?? (/^\d+$/.test(text) ? 0 : -1);
	if (decimals(usual) < 0 || decimals(usual) === decimals(given)) return [];
	return [`${path} is sent as "${given}"; the provider writes it like "${usual}"`];
}
