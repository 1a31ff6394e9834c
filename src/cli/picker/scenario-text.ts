import type { ProviderFile } from '../../model/provider.ts';
import type { Settings } from '../../model/settings.ts';
import { schemaLine } from '../init-files.ts';
import { nameOf } from './offer-events.ts';

/** One thing that was sent, without the ids of the order that it was about. */
export interface SavedStep {
	/** `<provider>/<event>` */
	readonly event: string;
	/** What shapes it and breaks it. */
	readonly settings: Pick<
		Settings,
		| 'variants'
		| 'encoding'
		| 'auth'
		| 'amount'
		| 'set'
		| 'tamper'
		| 'unsigned'
		| 'wrongKey'
		| 'duplicate'
		| 'newAttempt'
	>;
}

/** The same sequence about an order of its own, each run. JSON texts are YAML as well. */
export function scenarioText(provider: ProviderFile, steps: readonly SavedStep[]): string {
	const names = steps.map(({ event }) => nameOf(event));
	return `${schemaLine('scenario').replace('./node', '../node')}name: ${JSON.stringify(names.join(', then '))}
provider: ${provider.id}
fresh: true    # new ids and times for every run; the same ones in every step

steps:
${steps.map(stepText).join('\n')}
# More: what has to hold of an answer, and of your shop: docs/scenarios.md of callback-simulator
`;
}

function stepText({ event, settings }: SavedStep): string {
	const { variants, set, tamper, ...plain } = settings;
	const isForged = tamper !== undefined || plain.unsigned === true || plain.wrongKey === true;
	const said: Readonly<Record<string, unknown>> = {
		variant: variants?.length === 0 ? undefined : variants,
		...plain,
		set: assignments(set),
		tamper: assignments(tamper),
	};
	const lines = Object.entries(said)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`);
	const refused = isForged ? ['    retry: none', '    expect: { status: [4xx] }   # refused'] : [];
	return [`  - fire: ${nameOf(event)}`, ...lines, ...refused, ''].join('\n');
}

function assignments(list: Settings['set']): Readonly<Record<string, string>> | undefined {
	if (list === undefined || list.length === 0) return undefined;
	return Object.fromEntries(
		list.map(({ path, value }) => [path, value.kind === 'text' ? value.text : String(value.json)]),
	);
}
