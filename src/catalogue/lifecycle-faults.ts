import type { Violation } from '../documents/violation.ts';
import type { ProviderFile } from '../model/provider.ts';
import type { ProviderBundle } from './catalogue.ts';
import { fieldPaths } from './field-paths.ts';

/** What a lifecycle names and what is not there: an event, a field. Pointers are whole. */
export function* lifecycleFaults(
	{ id, lifecycle, messages }: ProviderFile,
	events: ProviderBundle['events'],
): Generator<Violation> {
	if (lifecycle === undefined) return;
	const { success, failure, reversal, outcomeFields, unknownOutcome = {} } = lifecycle;
	const lists = (['pending', 'announcements', 'unreadable'] as const).flatMap((key) =>
		(lifecycle[key] ?? []).map((name, at) => [`${key}/${at}`, name] as const),
	);
	const named = [...Object.entries({ success, failure, reversal }), ...lists];
	for (const [key, name] of named) {
		if (name === undefined || events[name] !== undefined) continue;
		yield { pointer: `/lifecycle/${key}`, what: `names "${name}", which is no event of ${id}` };
	}
	for (const path of Object.keys(unknownOutcome)) {
		if (outcomeFields.includes(path)) continue;
		yield { pointer: `/lifecycle/unknownOutcome/${path}`, what: 'is not under "outcomeFields"' };
	}
	const message = messages[events[success]?.message ?? ''];
	if (message === undefined) return;
	const known = fieldPaths(message);
	for (const [at, field] of outcomeFields.entries()) {
		if (known.has(field)) continue;
		yield {
			pointer: `/lifecycle/outcomeFields/${at}`,
			what: `names "${field}", which is no field of ${success}`,
		};
	}
}
