import { findEvent } from '../catalogue/catalogue.ts';
import { usualTarget } from '../delivery/target.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { composeAll } from '../engine/composing.ts';
import { defined, shapingFlags } from './flags-of.ts';
import { libraryContext } from './library-context.ts';
import type { ComposedCallback, DeliveryOptions, SetupOptions, ShapingOptions } from './types.ts';

/**
 * One callback, composed and signed, not sent: for clients and load engines of one's own. Header values that hold
 * credentials are the real ones.
 *
 * @param event `<provider>/<event>`
 * @throws Problem for anything a caller can fix
 */
export async function compose(
	event: string,
	options: ShapingOptions & SetupOptions & Partial<Pick<DeliveryOptions, 'to' | 'returnTo'>> = {},
): Promise<ComposedCallback> {
	const context = libraryContext(options, undefined);
	const shaping = shapingFlags(options);
	const found = findEvent(await loadCatalogue(shaping, context), event);
	const flags = { ...shaping, ...defined({ returnTo: options.returnTo?.toString() }) };
	const [composed] = await composeAll([{ event: found, to: (options.to ?? usualTarget).toString(), flags }], context);
	if (composed === undefined) throw new Error('one event composes to one request');
	const { request } = composed;
	const now = context.clock.now();
	const signature = request.signatureAt(now);
	return {
		event,
		method: request.method,
		url: request.url.href,
		headers: Object.fromEntries(request.headersAt(now).map(({ name, value }) => [name.toLowerCase(), value])),
		body: request.body,
		options: composed.options,
		signature:
			signature === undefined
				? undefined
				: { algorithm: signature.algorithm, fields: signature.fields, value: signature.value },
	};
}
