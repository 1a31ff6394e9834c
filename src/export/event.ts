import type { Composed } from '../compose/compose.ts';
import { environmentName } from '../compose/credentials.ts';
import { isConfidential, parseHeader } from '../compose/headers.ts';
import { segmentsOf, valueAt } from '../compose/path.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { readShaping } from '../engine/read-flags.ts';
import { Problem } from '../model/problem.ts';
import type { ProviderFile } from '../model/provider.ts';
import { textOf } from '../model/value-text.ts';
import type { Project } from '../project/project.ts';
import type { LoadEvent } from './load.ts';

/** An event as it is in force here, and the flags as they were typed: what they refer to stays a reference. */
export interface ExportOrder {
	readonly flags: DeliveryFlags;
	readonly given: DeliveryFlags;
	/** Composed twice: what differs is new in every callback. */
	readonly samples: readonly [Composed, Composed];
}

/**
 * What the exported project has to know of an event.
 *
 * @throws Problem `usage` for what a load engine cannot do, or what would put a key into a file
 */
export async function loadEvent(order: ExportOrder, project: Project, context: EngineContext): Promise<LoadEvent> {
	const { flags, samples } = order;
	const [{ event, message, request, target }] = samples;
	if (message.digest !== undefined)
		throw new Problem('usage', `${event.id}: a load engine answers no HTTP Digest challenge`, {
			hint: 'Add --auth hmac (or --auth none).',
		});
	const headers = headersOf(order, project);
	const sent = [request.url.href, ...request.headersAt(0).map(({ value }) => value)];
	if (sent.some((text) => text.includes('{{')))
		throw new Problem('usage', `${event.id}: Artillery would fill in the "{{" in the URL or in a header`, {
			hint: 'Write it another way: %7B%7B in a URL.',
		});
	const { ref, amount, set, add, unset, body, variants, encoding, auth } = await readShaping(flags, context);
	const credentials = credentialsOf(event.provider, order.given, project, context);
	const toBrowser = message.browser === true && flags.returnTo !== undefined;
	return {
		id: event.id,
		method: request.method,
		url: target,
		urlIs: toBrowser ? 'returnTo' : 'to',
		acknowledge: message.acknowledge,
		referencePrefix: freshReference(samples),
		options: {
			...{ ref, amount, set, add, unset, body, variant: variants, encoding, auth },
			...(toBrowser ? { to: flags.to } : {}),
			...(Object.keys(headers).length === 0 ? {} : { headers }),
			...(Object.keys(credentials).length === 0 ? {} : { credentials }),
		},
	};
}

/** Fields that name the order or the callback, and are the same in every one of them. */
export function sameInAll([one, other]: ExportOrder['samples']): string[] {
	const { reference, id } = one.message.roles;
	return [reference, id].flatMap((path) => {
		if (path === undefined) return [];
		const [a, b] = [one, other].map(({ values }) => valueAt(values, segmentsOf(path)));
		return a !== undefined && textOf(a) === textOf(b ?? null) ? [path] : [];
	});
}

/** `ORD-261126…` → `ORD-`: what the load puts before a reference of its own. Undefined where nothing there is new. */
function freshReference(samples: ExportOrder['samples']): string | undefined {
	const [{ message, values }] = samples;
	const { reference } = message.roles;
	const value = valueAt(values, segmentsOf(reference));
	return value === undefined || sameInAll(samples).includes(reference) ? undefined : /^\D*/.exec(textOf(value))?.[0];
}

/** References of the project file stay what they are; a key typed into a flag would end up in a file. */
function headersOf({ given }: ExportOrder, project: Project): Record<string, string> {
	const all = [...Object.entries(project.value.headers ?? {}), ...(given.header ?? []).map(nameAndValue)];
	for (const [name, value] of all)
		if (value.startsWith('file:') || (isConfidential(name) && !value.startsWith('env:')))
			throw new Problem('usage', `the header ${name} would put a key into a file of the exported project`, {
				hint: `Let it come from the environment: --header '${name}: env:VARIABLE', or so in callsim.yaml.`,
			});
	return Object.fromEntries(all);
}

const nameAndValue = (text: string): [string, string] => {
	const { name, value } = parseHeader(text);
	return [name, value];
};

/** `CALLSIM_…` variables need no word in the project; other variables are named in it, values never. */
function credentialsOf(provider: ProviderFile, given: DeliveryFlags, project: Project, context: EngineContext) {
	const { id, credentials } = provider;
	const sources: Record<string, string> = {};
	for (const name of Object.keys(credentials)) {
		const variable = environmentName(id, name);
		const typed = (given.credential ?? []).findLast((text) =>
			[`${name}=`, `${id}.${name}=`].some((head) => text.startsWith(head)),
		);
		const beside = (context.env[variable] ?? '') === '' ? project.value.credentials?.[id]?.[name] : undefined;
		const source = typed?.slice(typed.indexOf('=') + 1) ?? beside;
		if (source === undefined) continue;
		if (!source.startsWith('env:'))
			throw new Problem(
				'usage',
				`the credential ${name} would put a key, or where it lies, into a file of the exported project`,
				{
					hint: `Let it come from the environment, where the load runs: ${variable}.`,
				},
			);
		sources[name] = source;
	}
	return sources;
}
