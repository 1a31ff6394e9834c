import type { Why } from '../model/contract/run-events.ts';
import type {
	AttemptRecord,
	DeliveryRecord,
	JournalRecord,
	ProcessMark,
	RunRecord,
	TryingRecord,
	WaitingRecord,
} from './record.ts';

/** One delivery, with everything that the journal says of it. */
export interface KnownDelivery {
	/** `<run>.<delivery>` */
	readonly id: string;
	readonly command: string;
	/** Where relative paths began. */
	readonly cwd: string;
	readonly record: DeliveryRecord;
	readonly attempts: readonly AttemptRecord[];
	/** An attempt that was begun, and of which no outcome is known. */
	readonly inFlight: TryingRecord | undefined;
	/** What it was waiting for, if for anything. */
	readonly waiting: WaitingRecord | undefined;
	/** Undefined where it was cut off. */
	readonly why: Why | 'not-sent' | undefined;
	/** Who works on it, if they still live; undefined where the run has come to its end. */
	readonly process: ProcessMark | undefined;
}

interface Run {
	readonly head: RunRecord | undefined;
	process: ProcessMark | undefined;
	isOver: boolean;
	/** A signal ended it: what it did not come to is left over. */
	isInterrupted: boolean;
}

interface Growing {
	readonly record: DeliveryRecord;
	attempts: AttemptRecord[];
	inFlight: TryingRecord | undefined;
	waiting: WaitingRecord | undefined;
	why: Why | undefined;
}

/** Oldest first. What belongs to a run whose beginning was pruned is left out. */
export function deliveriesIn(records: readonly JournalRecord[]): KnownDelivery[] {
	const runs = new Map<string, Run>();
	const growing = new Map<string, Growing>();
	for (const record of records) {
		if (record.type === 'pruned') continue;
		const run = runs.get(record.run);
		const one = 'delivery' in record ? growing.get(idOf(record)) : undefined;
		switch (record.type) {
			case 'run':
				runs.set(record.run, {
					head: record,
					process: record.process,
					isOver: false,
					isInterrupted: false,
				});
				break;
			case 'resumed':
				if (run !== undefined) Object.assign(run, { process: record.process, isOver: false });
				break;
			case 'summary':
				if (run !== undefined)
					Object.assign(run, { isOver: true, isInterrupted: record.exitCode > 128 });
				break;
			case 'delivery':
				growing.set(idOf(record), {
					...{ record, attempts: [], inFlight: undefined, waiting: undefined, why: undefined },
				});
				break;
			case 'trying':
				if (one !== undefined) Object.assign(one, { inFlight: record, waiting: undefined });
				break;
			case 'attempt':
				if (one === undefined) break;
				one.attempts.push(record);
				one.inFlight = undefined;
				break;
			case 'waiting':
				if (one !== undefined) Object.assign(one, { waiting: record, why: undefined });
				break;
			case 'finished':
				if (one !== undefined) one.why = record.why;
				break;
			case 'received':
			case 'checked':
				break;
			default:
				record satisfies never;
		}
	}
	return [...growing].map(([id, one]) => known(id, one, runs.get(one.record.run)));
}

const idOf = ({ run, delivery }: { run: string; delivery: number }): string => `${run}.${delivery}`;

function known(id: string, { why, ...one }: Growing, run: Run | undefined): KnownDelivery {
	const isUntouched = one.attempts.length === 0 && one.inFlight === undefined;
	return {
		id,
		command: run?.head?.command ?? '',
		cwd: run?.head?.cwd ?? '/',
		...one,
		why:
			why ?? (isUntouched && run?.isOver === true && !run.isInterrupted ? 'not-sent' : undefined),
		process: run?.isOver === true ? undefined : run?.process,
	};
}
