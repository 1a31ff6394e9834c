import type { KnownDelivery } from '../journal/deliveries.ts';
import { type Entry, entriesIn } from '../journal/entries.ts';
import { findById } from '../journal/find-delivery.ts';
import { cutOff } from '../journal/next-step.ts';
import { isAlive } from '../journal/process-mark.ts';
import { prunedText } from '../journal/prune.ts';
import { JournalWriter } from '../journal/write-journal.ts';
import { parseDuration } from '../model/duration.ts';
import { historyJson, shownKeptJson } from '../report/json/history-json.ts';
import type { KeptState } from '../report/kept-state.ts';
import { safeJson } from '../report/safe/escape.ts';
import { historyLines } from '../report/text/history-text.ts';
import { shownLines } from '../report/text/kept-text.ts';
import type { CliContext } from './cli-context.ts';
import { keeping, readKept } from './known-deliveries.ts';
import type { CommonFlags } from './options/common-flags.ts';
import type { JournalFlags } from './options/journal-flags.ts';
import { word } from './options/print.ts';
import { painterFor } from './paint.ts';
import { folderFor } from './recorder.ts';

export interface HistoryFlags extends CommonFlags, JournalFlags {
	readonly ref?: string;
	readonly event?: string;
	readonly failed?: boolean;
	readonly since?: string;
	readonly show?: string;
	readonly prune?: boolean;
}

/** A screen; --json has all. */
const mostLines = 40;

/** What was sent, newest first. */
export async function history(flags: HistoryFlags, context: CliContext): Promise<0> {
	const paint = painterFor(context.stdout, context, flags.color);
	const write = (lines: readonly string[]) =>
		context.stdout.write(lines.map((line) => `${line}\n`).join(''));
	if (flags.prune === true) {
		const folder = folderFor(flags, keeping(context));
		const pruned =
			folder === undefined
				? { files: 0, bytes: 0 }
				: new JournalWriter(folder, context.clock).prune();
		write([
			pruned.files === 0
				? 'nothing is older than 30 days or beyond 64 MB'
				: `${prunedText(pruned)} removed`,
		]);
		return 0;
	}
	const all = entriesIn(readKept(flags, context).records);
	if (flags.show !== undefined) {
		// The last is the last that was sent.
		const sent = flags.show === 'last' ? all.filter(({ kind }) => kind === 'delivery') : all;
		const wanted = findById(sent.toReversed(), flags.show);
		const state = stateIn(wanted);
		if (flags.json === true) write([safeJson(shownKeptJson(wanted, state))]);
		else write(shownLines(wanted, state, paint, word));
		return 0;
	}
	const found = all.filter(wantedBy(flags, context));
	if (flags.json === true) {
		write(found.map((entry) => safeJson(historyJson(entry, stateIn(entry)))));
		return 0;
	}
	if (found.length === 0)
		write([all.length === 0 ? 'nothing has been sent yet' : 'nothing of that kind']);
	const rows = found.slice(0, mostLines).map((entry) => ({ entry, state: stateIn(entry) }));
	write(historyLines(rows, paint));
	if (found.length > mostLines)
		write([`… and ${found.length - mostLines} before (--since, --ref, --failed; --json has all)`]);
	return 0;
}

function wantedBy(flags: HistoryFlags, { clock }: CliContext): (entry: Entry) => boolean {
	const { since, ref, event, failed } = flags;
	const earliest = since === undefined ? 0 : clock.now() - parseDuration(since, 'since');
	const isOf = (id: string | null) =>
		event === undefined || id === event || id?.endsWith(`/${event}`) === true;
	return (entry) => {
		if (Date.parse(entry.at) < earliest) return false;
		if (entry.kind === 'checked')
			return ref === undefined && event === undefined && (!failed || entry.record.exitCode !== 0);
		if (entry.kind === 'received')
			return ref === undefined && isOf(entry.record.event) && (!failed || !entry.record.genuine);
		const { record } = entry.known;
		return (
			(ref === undefined || record.order?.reference === ref) &&
			isOf(record.event) &&
			(!failed || stateOf(entry.known) !== 'acknowledged')
		);
	};
}

const stateIn = (entry: Entry): KeptState | undefined =>
	entry.kind === 'delivery' ? stateOf(entry.known) : undefined;

function stateOf(known: KnownDelivery): KeptState {
	if (cutOff(known) === undefined) return known.why ?? 'acknowledged';
	return known.process !== undefined && isAlive(known.process) ? 'under-way' : 'cut-off';
}
