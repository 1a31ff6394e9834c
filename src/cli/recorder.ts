import { resolve } from 'node:path';
import type { Composed } from '../compose/compose.ts';
import type { Trying } from '../delivery/deliver.ts';
import type { PreparedFire } from '../engine/fire.ts';
import { journalFolder } from '../journal/location.ts';
import { ownMark } from '../journal/process-mark.ts';
import { prunedText } from '../journal/prune.ts';
import { type JournalRecord, journalVersion } from '../journal/record.ts';
import { JournalWriter } from '../journal/write-journal.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import { bodyFields } from '../report/json/body-json.ts';
import { attemptJson, isoTime, scheduleJson } from '../report/json/event-json.ts';
import { maskBytes } from '../report/safe/mask.ts';
import { maskedStrings } from '../report/safe/masked.ts';
import { scheduleFor } from '../settings/schedule-for.ts';
import type { CliContext } from './cli-context.ts';
import type { JournalFlags } from './options/journal-flags.ts';
import { fireWords } from './options/print.ts';

type Unstamped = JournalRecord extends infer R
	? R extends JournalRecord
		? Omit<R, 'v' | 'at'> & { readonly at?: string }
		: never
	: never;

interface DeliveryIds {
	readonly run: string;
	readonly delivery: number;
	readonly scenario?: string | undefined;
	readonly step?: number | undefined;
}

/**
 * Keeps what a command does, as it does it. A journal that cannot be written is one warning, and
 * the command goes on without.
 */
export class Recorder {
	#writer: JournalWriter | undefined;
	readonly #context: CliContext;

	/** @param isNeeded no warning, but the system's error: there is nothing to do without it */
	constructor(flags: JournalFlags, context: CliContext, isNeeded = false) {
		this.#context = context;
		const folder = folderFor(flags, context);
		if (folder === undefined) return;
		try {
			this.#writer = new JournalWriter(folder, context.clock);
			const pruned = this.#writer.prune();
			if (pruned.files === 0) return;
			this.keep({ type: 'pruned', ...pruned });
			context.note(`the journal has grown old: ${prunedText(pruned)} of it removed`);
		} catch (error) {
			if (isNeeded) throw error;
			this.#fail(error);
		}
	}

	get isKeeping(): boolean {
		return this.#writer !== undefined;
	}

	begin(run: string, command: string, title: string): void {
		const { cwd, version, mask } = this.#context;
		if (this.#writer === undefined) return;
		const head = { run, command, title: mask(title), cwd, version, process: ownMark() };
		this.keep({ type: 'run', ...head });
	}

	/** Everything that a `fire` is about to send, so that what it does not come to is known, too. */
	plan({ run, composed, said, inForce }: PreparedFire): void {
		if (this.#writer === undefined) return;
		const copies = inForce.duplicate;
		for (const [at, item] of composed.entries())
			for (let copy = 1; copy <= copies; copy++)
				this.delivery(item, said[at] ?? {}, { run, delivery: at * copies + copy });
	}

	delivery(item: Composed, said: Settings, { run, delivery, scenario, step }: DeliveryIds): void {
		if (this.#writer === undefined) return;
		const { mask } = this.#context;
		const { method, url, body } = item.request;
		const shown = body === undefined ? undefined : maskBytes(body, mask);
		const isMasked = shown !== body || mask(url.href) !== url.href;
		this.keep({
			type: 'delivery',
			...{ run, delivery, scenario, step },
			event: item.event.id,
			options: item.options,
			target: mask(item.target),
			order: item.order === undefined ? undefined : maskedStrings(item.order, mask),
			ids: item.ids,
			request: {
				method,
				url: mask(url.href),
				...(shown === undefined
					? { body: null }
					: bodyFields(shown, false, Number.POSITIVE_INFINITY)),
			},
			masked: isMasked ? true : undefined,
			schedule: scheduleJson(scheduleFor(item, said.retry)),
			words: fireWords([item.event.id], said).map(mask),
		});
	}

	readonly trying = ({ at, ...about }: Trying): void =>
		this.keep({ type: 'trying', at: isoTime(at), ...about });

	/** What of a run's events is worth keeping. */
	event(event: RunEvent): void {
		if (this.#writer === undefined) return;
		if (event.type === 'attempt') {
			const shown = attemptJson(event, this.#context.mask);
			const { run, delivery, attempt, offsetMs, outcome, acknowledged, reason } = shown;
			const { headers } = shown.request;
			const result = { headers, outcome, acknowledged, reason };
			this.keep({ type: 'attempt', run, delivery, attempt, offsetMs, ...result });
		} else if (event.type === 'waiting') {
			const { run, delivery, attempt, offsetMs, waitMs } = event;
			this.keep({ type: 'waiting', run, delivery, attempt, offsetMs, waitMs });
		} else if (event.type === 'finished') {
			const { run, delivery, why } = event;
			this.keep({ type: 'finished', run, delivery, why });
		} else if (event.type === 'summary')
			this.keep({ type: 'summary', run: event.run, exitCode: event.exitCode });
	}

	keep(record: Unstamped): void {
		if (this.#writer === undefined) return;
		try {
			const at = isoTime(this.#context.clock.now());
			this.#writer.append({ v: journalVersion, at, ...record } as JournalRecord);
		} catch (error) {
			this.#fail(error);
		}
	}

	close(): void {
		this.#writer?.close();
	}

	#fail(error: unknown): void {
		const { code } = error as NodeJS.ErrnoException;
		if (code === undefined) throw error;
		this.#writer = undefined;
		this.#context.stderr.write(
			`warning: the journal cannot be written (${code}): history, replay and resume will not know of this run; --no-journal says so beforehand\n`,
		);
	}
}

/** Where the journal is; undefined where none is wanted, or where there is no place for one. */
export function folderFor(
	{ journal }: JournalFlags,
	{ env, cwd }: Pick<CliContext, 'env' | 'cwd'>,
): string | undefined {
	if (typeof journal === 'string') return journalFolder(resolve(cwd, journal), env);
	const off = (env['CALLSIM_NO_JOURNAL'] ?? '').toLowerCase();
	const isOff = off !== '' && off !== '0' && off !== 'false';
	return journal === false || isOff ? undefined : journalFolder(undefined, env);
}
