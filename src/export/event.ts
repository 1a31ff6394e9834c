import { assignmentText } from '../compose/assignment.ts';
import type { Composed } from '../compose/compose.ts';
import { environmentName } from '../compose/credentials.ts';
import { segmentsOf, valueAt } from '../compose/path.ts';
import { isConfidential } from '../model/header-name.ts';
import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { ProviderFile } from '../model/provider.ts';
import type { CredentialSource, HeaderSetting, Settings } from '../model/settings.ts';
import { textOf } from '../model/value-text.ts';
import type { Project } from '../project/project.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { shapingOf } from '../settings/shaping.ts';
import type { LoadEvent } from './load.ts';

/** An event as it is in force here, and what the command line alone says of it. */
export interface ExportOrder {
	readonly settings: Settings;
	readonly given: Settings;
	/** Composed twice: what differs is new in every callback. */
	readonly samples: readonly [Composed, Composed];
}

/**
 * What the exported project has to know of an event.
 * @throws Problem `usage` for what a load engine cannot do, or what would put a key into a file
 */
export async function loadEvent(
	order: ExportOrder,
	project: Project,
	context: EngineContext,
): Promise<LoadEvent> {
	const { settings, samples } = order;
	const [{ event, message, request, target }] = samples;
	if (message.digest !== undefined)
		throw new Problem('usage', `${event.id}: a load engine answers no HTTP Digest challenge`, {
			hint: (say) => `Add ${say('auth', 'hmac')} (or ${say('auth', 'none')}).`,
		});
	const headers = headersOf(order, project);
	const sent = [request.url.href, ...request.headersAt(0).map(({ value }) => value)];
	if (sent.some((text) => text.includes('{{')))
		throw new Problem(
			'usage',
			`${event.id}: Artillery would fill in the "{{" in the URL or in a header`,
			{ hint: 'Write it another way: %7B%7B in a URL.' },
		);
	const { ref, amount, set, add, unset, body, variants, encoding, auth } = await shapingOf(
		settings,
		context,
	);
	const credentials = credentialsOf(event.provider, order.given, project, context);
	const toBrowser = message.browser === true && settings.returnTo !== undefined;
	return {
		id: event.id,
		method: request.method,
		url: target,
		urlIs: toBrowser ? 'returnTo' : 'to',
		acknowledge: message.acknowledge,
		referencePrefix: freshReference(samples),
		options: {
			...{ ref, amount, set: set?.map(assignmentText), add: add?.map(assignmentText) },
			...{ unset, body, variant: variants, encoding, auth },
			to: toBrowser ? settings.to?.href : undefined,
			headers: Object.keys(headers).length === 0 ? undefined : headers,
			credentials: Object.keys(credentials).length === 0 ? undefined : credentials,
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

/** `ORD-261126…` → `ORD-`: what comes before a new reference. Undefined where none is new. */
function freshReference(samples: ExportOrder['samples']): string | undefined {
	const [{ message, values }] = samples;
	const { reference } = message.roles;
	const value = valueAt(values, segmentsOf(reference));
	return value === undefined || sameInAll(samples).includes(reference)
		? undefined
		: /^\D*/.exec(textOf(value))?.[0];
}

/** References of the project file stay as they are; a typed key would end up in a file. */
function headersOf({ given }: ExportOrder, project: Project): Record<string, string> {
	const all = [
		...Object.entries(project.value.headers ?? {}),
		...(given.headers ?? []).map(nameAndValue),
	];
	for (const [name, value] of all)
		if (value.startsWith('file:') || (isConfidential(name) && !value.startsWith('env:')))
			throw new Problem(
				'usage',
				`the header ${name} would put a key into a file of the exported project`,
				{
					hint: (say) =>
						`Let it come from the environment: ${say('headers', `${name}: env:VARIABLE`)}, or so in callsim.yaml.`,
				},
			);
	return Object.fromEntries(all);
}

const nameAndValue = ({ name, value }: HeaderSetting): [string, string] => [
	name,
	value.kind === 'text' ? value.text : sourceText(value),
];

/** A reference as the project has it; a value itself has no place there. */
function sourceText(source: CredentialSource): string {
	if (source.kind === 'env') return `env:${source.variable}`;
	return source.kind === 'file' ? `file:${source.path}` : '';
}

/** `CALLSIM_…` variables need no word here; others are named by variable, never by value. */
function credentialsOf(
	provider: ProviderFile,
	given: Settings,
	project: Project,
	context: EngineContext,
) {
	const { id, credentials } = provider;
	const sources: Record<string, string> = {};
	for (const name of Object.keys(credentials)) {
		const variable = environmentName(id, name);
		const typed = given.credentials?.findLast(
			(one) => one.name === name && (one.provider ?? id) === id,
		);
		const beside =
			(context.env[variable] ?? '') === ''
				? own(own(project.value.credentials ?? {}, id) ?? {}, name)
				: undefined;
		const source = typed === undefined ? beside : sourceText(typed.source);
		if (source === undefined) continue;
		if (!source.startsWith('env:'))
			throw new Problem(
				'usage',
				`the credential ${name} would put a key, or where it lies, into a file of the exported project`,
				{ hint: `Let it come from the environment, where the load runs: ${variable}.` },
			);
		sources[name] = source;
	}
	return sources;
}
