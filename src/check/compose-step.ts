import { parseAssignment } from '../compose/assignment.ts';
import { type Composed, compose } from '../compose/compose.ts';
import { segmentsOf, valueAt } from '../compose/path.ts';
import { seededRandom } from '../compose/seeded-random.ts';
import type { Shaping } from '../compose/shaping.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ComposedRequest } from '../model/request.ts';
import type { Assignment } from '../model/settings.ts';
import type { ValueObject } from '../model/value.ts';
import type { Order } from '../order/order.ts';
import type { CaseStep, StepShaping } from './case-step.ts';
import type { ComposeSettings } from './compose-settings.ts';
import { encodingFor } from './encoding.ts';
import { reproduceLine } from './reproduce.ts';
import type { Subject } from './subject.ts';
import { rewired } from './wire.ts';

export interface ComposedStep {
	readonly request: ComposedRequest;
	readonly values: ValueObject;
	readonly rightSignature: string | undefined;
	readonly reproduce: string;
}

/**
 * @param ids seed of the fresh ids and times
 * @throws Problem, which is a bug in a rule: rules only ask for what the catalogue has
 */
export async function composeStep(
	step: CaseStep,
	order: Order,
	ids: number,
	subject: Subject,
	settings: ComposeSettings,
): Promise<ComposedStep> {
	const event = eventOf(step, subject);
	const reference = step.reference?.(order.reference) ?? order.reference;
	const ordered = { ...order, reference };
	const shaping = withAdded(
		event,
		settings,
		aimed(
			{
				...defaults(event, ordered, settings),
				encoding: encodingFor(event, step, subject),
				...step.shaping,
			},
			order,
		),
	);
	const returnTo = withQuery(filledPage(settings.returnTo, order), step.returnQuery);
	const context = () => ({ ...settings, returnTo, random: seededRandom(String(ids)) });
	const composed = await compose(event, shaping, context());
	const signature = await makeOtherSignature(event, step, composed, shaping, context);
	const used =
		signature === undefined
			? { composed, shaping }
			: await composeWithSignature(event, signature, shaping, context);
	const request = rewired(used.composed.request, step.wire);
	return {
		request,
		values: composed.values,
		rightSignature: await makeRightSignature(event, shaping, step, subject, context),
		reproduce: reproduceLine({
			event: event.id,
			request,
			shaping: used.shaping,
			ids,
			step,
			settings: { ...settings, returnTo },
		}),
	};
}

function eventOf(step: CaseStep, subject: Subject): CallbackEvent {
	const event = subject.events.get(step.event);
	if (event === undefined)
		throw new Error(`a rule names ${subject.provider.id}/${step.event}, which is no event`);
	return event;
}

/** The order's own number and amount, where the message carries them. */
function defaults(event: CallbackEvent, order: Order, { auth }: ComposeSettings): StepShaping {
	const { roles } = event.message;
	const { values, vars = {} } = event.file;
	const has = (path: string | undefined) =>
		path !== undefined &&
		[values, vars].some((all) => valueAt(all as ValueObject, segmentsOf(path)) != null);
	return {
		fresh: true,
		auth,
		ref: has(roles.reference) ? order.reference : undefined,
		amount: has(roles.amount) && order.amount !== '' ? order.amount : undefined,
	};
}

/** What every callback carries, unless it has the field of itself. */
function withAdded(event: CallbackEvent, { added }: ComposeSettings, shaping: Shaping): Shaping {
	if (added.length === 0) return shaping;
	const own = new Set(shaping.add?.map(({ path }) => path));
	const missing = added.filter(
		({ path }) =>
			!own.has(path) && valueAt(event.file.values as ValueObject, segmentsOf(path)) === undefined,
	);
	return { ...shaping, add: [...(shaping.add ?? []), ...missing] };
}

type ComposeContext = Parameters<typeof compose>[2];

/** The order of the case, where an assignment names it. */
function aimed({ set, add, tamper, ...rest }: StepShaping, { reference }: Order): Shaping {
	const read = (texts: readonly string[] | undefined) =>
		texts?.map((text) => parseAssignment(text.replace('{reference}', reference), 'set'));
	return { ...rest, set: read(set), add: read(add), tamper: read(tamper) };
}

/** The signature to send instead of the right one: over other fields, or made of the right one. */
async function makeOtherSignature(
	event: CallbackEvent,
	step: CaseStep,
	composed: Composed,
	shaping: Shaping,
	context: () => ComposeContext,
) {
	const { signature } = composed.message;
	const { now } = context();
	if (step.signature !== undefined)
		return step.signature(composed.request.signatureAt(now)?.value ?? '');
	if (step.signatureOver === undefined || signature === undefined) return undefined;
	const altered = {
		...event,
		message: {
			...event.message,
			signature: { ...signature, over: { fields: [...step.signatureOver], join: '|' } },
		},
	};
	return (await compose(altered, shaping, context())).request.signatureAt(now)?.value;
}

/** As a tampered signature, so that `fire` can send the same. */
async function composeWithSignature(
	event: CallbackEvent,
	value: string,
	shaping: Shaping,
	context: () => ComposeContext,
) {
	const into = event.message.signature?.into;
	const name = into !== undefined && 'field' in into ? into.field : '';
	const last: Assignment = { path: name, value: { kind: 'text', text: value } };
	const tampered = { ...shaping, tamper: [...(shaping.tamper ?? []), last] };
	return { composed: await compose(event, tampered, context()), shaping: tampered };
}

/** What the signature should have been, for what was sent: no refusal may tell it. */
async function makeRightSignature(
	event: CallbackEvent,
	shaping: Shaping,
	step: CaseStep,
	subject: Subject,
	context: () => ComposeContext,
): Promise<string | undefined> {
	const { unsigned, wrongKey, tamper, ...rest } = shaping;
	const isBroken =
		unsigned === true ||
		wrongKey === true ||
		tamper !== undefined ||
		step.signatureOver !== undefined ||
		step.signature !== undefined;
	if (!isBroken || subject.signature !== 'field') return undefined;
	const others = (tamper ?? []).filter(({ path }) => !path.startsWith(`${subject.signatureName}`));
	try {
		const honest = await compose(
			event,
			{ ...rest, set: [...(rest.set ?? []), ...others] },
			context(),
		);
		return honest.request.signatureAt(context().now)?.value;
	} catch {
		// A value that no genuine callback could carry has no right signature.
		return undefined;
	}
}

/** The page of this order, where its URL has the braces, percent-encoded or not. */
function filledPage(url: URL | undefined, { reference, amount }: Order): URL | undefined {
	if (url === undefined) return undefined;
	const values = { reference, amount };
	return new URL(
		url.href.replaceAll(/(?:\{|%7B)(reference|amount)(?:\}|%7D)/gi, (_, name: string) =>
			encodeURIComponent(values[name.toLowerCase() as keyof typeof values]),
		),
	);
}

/** A page that has a query of its own may need it. */
function withQuery(url: URL | undefined, query: string | undefined): URL | undefined {
	if (url === undefined || query === undefined || url.search !== '') return url;
	const result = new URL(url);
	result.search = query;
	return result;
}
