import { findEvent } from '../catalogue/catalogue.ts';
import { parseTarget, usualTarget } from '../delivery/target.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { ifGiven } from '../model/if-given.ts';
import { composeOne } from '../settings/composing.ts';
import { libraryContext } from './library-context.ts';
import { shapingSettings, targetOf } from './settings-of.ts';
import type { ComposedCallback, DeliveryOptions, SetupOptions, ShapingOptions } from './types.ts';

/**
 * One callback, composed and signed, not sent: for clients and load engines of one's own. Header
 * values that hold credentials are the real ones.
 * @param event `<provider>/<event>`
 * @throws Problem for anything a caller can fix
 */
export async function compose(
	event: string,
	options: ShapingOptions & SetupOptions & Partial<Pick<DeliveryOptions, 'to' | 'returnTo'>> = {},
): Promise<ComposedCallback> {
	const context = libraryContext(options, undefined);
	const settings = {
		...shapingSettings(options),
		returnTo: targetOf(options.returnTo, 'returnTo'),
	};
	const found = findEvent(await loadCatalogue(settings, context), event);
	const to = targetOf(options.to, 'to') ?? parseTarget(usualTarget);
	const composed = await composeOne({ event: found, to, settings }, context);
	const { request } = composed;
	const now = context.clock.now();
	const signature = request.signatureAt(now);
	return {
		event,
		method: request.method,
		url: request.url.href,
		headers: Object.fromEntries(
			request.headersAt(now).map(({ name, value }) => [name.toLowerCase(), value]),
		),
		body: request.body,
		options: composed.options,
		signature: ifGiven(signature, ({ algorithm, fields, value }) => ({ algorithm, fields, value })),
	};
}
