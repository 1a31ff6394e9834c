import { Problem } from '../model/problem.ts';
import type { Value } from '../model/value.ts';
import type { KnownDelivery } from './deliveries.ts';

/** An order that was sent before, with what all its messages have said of it. */
export interface KnownOrder {
	readonly provider: string;
	readonly reference: string;
	/** The last that a message carried. */
	readonly amount: string | undefined;
	/** Path → value; of several attempts at paying it, those of the last. */
	readonly ids: Readonly<Record<string, Value>>;
	/** The last message about it. */
	readonly last: KnownDelivery;
}

/**
 * @param wanted a reference, or `last`
 * @param provider whose order it may be; all where it is undefined
 * @throws Problem `usage`
 */
export function knownOrder(
	known: readonly KnownDelivery[],
	wanted: string,
	provider: string | undefined,
): KnownOrder {
	const sent = known.filter(
		(one) => referenceOf(one) !== undefined && (provider ?? providerOf(one)) === providerOf(one),
	);
	const latest = sent.findLast((one) => wanted === 'last' || referenceOf(one) === wanted);
	const reference = latest === undefined ? undefined : referenceOf(latest);
	if (latest === undefined || reference === undefined)
		throw new Problem(
			'usage',
			`${provider === undefined ? 'no order' : `no order of ${provider}`} ${wanted === 'last' ? 'has been sent' : `"${wanted}" has been sent`} that the journal knows of`,
			{
				hint: (say) =>
					`See callsim history; a new order begins with ${say('fresh', 'true')} or ${say('ref')}.`,
			},
		);
	const all = sent.filter(
		(one) => referenceOf(one) === reference && providerOf(one) === providerOf(latest),
	);
	return {
		provider: providerOf(latest),
		reference,
		amount: all.findLast(({ record }) => record.order?.amount !== undefined)?.record.order?.amount,
		ids: Object.assign({}, ...all.map(({ record }) => record.ids)),
		last: latest,
	};
}

const referenceOf = ({ record }: KnownDelivery): string | undefined => record.order?.reference;
const providerOf = ({ record }: KnownDelivery): string => record.event.split('/')[0] ?? '';
