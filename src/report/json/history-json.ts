import type { KnownDelivery } from '../../journal/deliveries.ts';
import type { Entry } from '../../journal/entries.ts';
import type { CheckedRecord } from '../../journal/record.ts';
import type * as contract from '../../model/contract/history.ts';
import type { KeptState } from '../kept-state.ts';

/** `history --json`, a line a delivery, a request that `listen` heard, or a check. */
export function historyJson(entry: Entry, state: KeptState | undefined): contract.HistoryLine {
	if (entry.kind === 'delivery') return deliveryJson(entry.known, state ?? 'not-sent');
	if (entry.kind === 'received') return { ...entry.record, id: entry.id };
	return checkJson(entry.record);
}

function checkJson(record: CheckedRecord): contract.KeptCheck {
	const { v, type, at, run, provider, target, counts, exitCode } = record;
	return { v, type, id: run, at, run, provider, target, ...counts, exitCode };
}

function deliveryJson(known: KnownDelivery, state: KeptState): contract.KeptDelivery {
	const { id, command, record, attempts } = known;
	const { at, run, delivery, event, options, target, order, scenario, step } = record;
	const last = attempts.findLast(({ outcome }) => outcome.kind === 'answered')?.outcome;
	return {
		...{ v: 1, type: 'kept', id, at, run, delivery, command, event, options, target, order },
		...{ scenario, step, state, attempts: attempts.length },
		lastStatus: last?.kind === 'answered' ? last.status : null,
	};
}

/** `history --show <id> --json` */
export function shownKeptJson(
	entry: Entry,
	state: KeptState | undefined,
): contract.ShownDelivery | contract.KeptArrival | contract.ShownCheck {
	if (entry.kind === 'delivery') return wholeDelivery(entry.known, state ?? 'not-sent');
	if (entry.kind === 'received') return { ...entry.record, id: entry.id };
	const { rules } = entry.record;
	return { ...checkJson(entry.record), results: rules };
}

function wholeDelivery(known: KnownDelivery, state: KeptState): contract.ShownDelivery {
	const { record, attempts, inFlight } = known;
	return {
		...deliveryJson(known, state),
		type: 'kept-whole',
		command: known.command,
		words: record.words,
		schedule: record.schedule,
		request: record.request,
		exchanges: attempts.map(
			({ attempt, offsetMs, at, headers, outcome, acknowledged, reason }) => ({
				...{ attempt, offsetMs, at, headers, outcome, acknowledged, reason },
			}),
		),
		inFlight: inFlight?.attempt,
	};
}
