import { type Catalogue, findEvent } from '../catalogue/catalogue.ts';
import type { Composed } from '../compose/compose.ts';
import { requestUrl } from '../compose/url.ts';
import type { KnownDelivery } from '../journal/deliveries.ts';
import type { DeliveryRecord } from '../journal/record.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { Settings, ShapingSettings } from '../model/settings.ts';
import { composeOne } from '../settings/composing.ts';
import type { EngineContext } from '../settings/engine-context.ts';

/**
 * A callback that was sent before, with the bytes that it had; headers that carry a time, or answer
 * a challenge, are made anew.
 * @param settings what was said of it, and where it goes now
 * @throws Problem where the bytes were not kept, and cannot be made again
 */
export async function sameBytes(
	{ record }: KnownDelivery,
	settings: Settings,
	catalogue: Catalogue,
	context: EngineContext,
): Promise<Composed> {
	const event = findEvent(catalogue, record.event);
	const to = settings.to ?? new URL(record.target);
	const again = await composedAgain(event, new URL(record.target), settings, context);
	if (again !== undefined && isSame(again, record)) return at(to, again, record);
	if (record.masked === true)
		throw new Problem(
			'credentials-incomplete',
			`${record.event} was sent with a key inside, which is not kept`,
			{
				hint: (say) => `Name the same key, and it is put together again: ${say('credentials')}.`,
			},
		);
	const kept = keptIn(record, plainOf(settings, record));
	const item = await composeOne({ event, to, settings: kept }, context);
	return at(to, { ...item, order: record.order, ids: record.ids }, record);
}

/** Whether what was said of it leads to its bytes again: a command line may stand for them then. */
export async function leadsToBytes(
	{ record }: KnownDelivery,
	settings: Settings,
	catalogue: Catalogue,
	context: EngineContext,
): Promise<boolean> {
	const event = findEvent(catalogue, record.event);
	const again = await composedAgain(event, new URL(record.target), settings, context);
	return again !== undefined && isSame(again, record);
}

/** A query stands behind whatever the target is now. */
function at(to: URL, item: Composed, record: DeliveryRecord): Composed {
	const { request, message } = item;
	const url =
		request.method === 'GET' ? requestUrl(to, queryOf(record), message.append ?? '&') : to;
	return { ...item, target: to.href, request: { ...request, url } };
}

/** The same fields under the key of today. @throws Problem */
export async function signedAnew(
	{ record }: KnownDelivery,
	settings: Settings,
	catalogue: Catalogue,
	context: EngineContext,
): Promise<Composed> {
	const event = findEvent(catalogue, record.event);
	const to = settings.to ?? new URL(record.target);
	const body = { kind: 'text', text: keptText(record) } as const;
	return composeOne({ event, to, settings: { ...plainOf(settings, record), body } }, context);
}

/** Undefined where a file is gone, or an option: then the bytes alone are left. */
async function composedAgain(
	event: CallbackEvent,
	to: URL,
	settings: Settings,
	context: EngineContext,
): Promise<Composed | undefined> {
	if (settings.body?.kind === 'stdin' || settings.rawBody?.kind === 'stdin') return undefined;
	try {
		return await composeOne({ event, to, settings }, context);
	} catch (error) {
		if (error instanceof Problem) return undefined;
		throw error;
	}
}

function isSame({ request, options }: Composed, record: DeliveryRecord): boolean {
	return (
		request.method === record.request.method &&
		options.join() === record.options.join() &&
		(record.request.method === 'GET'
			? request.url.href === record.request.url
			: Buffer.compare(request.body ?? new Uint8Array(), keptBytes(record)) === 0)
	);
}

/** All but what shapes a callback; keys and headers stay, and the options are those that it had. */
function plainOf(settings: Settings, { options }: DeliveryRecord): Settings {
	const shaping: readonly (keyof ShapingSettings)[] = [
		...(['ref', 'amount', 'set', 'add', 'unset', 'body', 'rawBody', 'fresh'] as const),
		...(['newAttempt', 'seed', 'now', 'tamper', 'unsigned', 'wrongKey'] as const),
		...(['variants', 'encoding', 'auth'] as const),
	];
	const kept = Object.entries(settings).filter(
		([name]) => !(shaping as readonly string[]).includes(name),
	);
	return { ...Object.fromEntries(kept), variants: options };
}

const keptIn = (record: DeliveryRecord, settings: Settings): Settings =>
	record.request.method === 'GET'
		? settings
		: { ...settings, rawBody: { kind: 'bytes', bytes: keptBytes(record) } };

function keptBytes({ request }: DeliveryRecord): Uint8Array {
	if ('bodyBase64' in request) return Buffer.from(request.bodyBase64, 'base64');
	return Buffer.from(request.body ?? '');
}

const queryOf = ({ request, target }: DeliveryRecord): string =>
	request.url.startsWith(target)
		? request.url.slice(target.length + 1)
		: new URL(request.url).search.slice(1);

const keptText = (record: DeliveryRecord): string =>
	record.request.method === 'GET'
		? queryOf(record)
		: Buffer.from(keptBytes(record)).toString('utf8');
