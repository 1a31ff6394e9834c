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
import { type PagerFlags, writePaged } from './paged.ts';
import { painterFor } from './paint.ts';
import { folderFor } from './recorder.ts';
import { columnsOf } from './screen.ts';

export interface HistoryFlags extends CommonFlags, JournalFlags, PagerFlags {
	readonly ref?: string;
	readonly event?: string;
	readonly failed?: boolean;
	readonly since?: string;
	readonly show?: string;
	readonly prune?: boolean;
}

/** As many as somebody looks through; --json has all. */
const most = 40;

/** What was sent, newest first. */
export async function history(flags: HistoryFlags, context: CliContext): Promise<0> {
	const paint = painterFor(context.stdout, context, flags.color);
	const write = (lines: readonly string[]) => context.stdout.write(inLines(lines));
	const read = (lines: readonly string[]) => writePaged(inLines(lines), flags, context);
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
		else await read(shownLines(wanted, state, paint, word));
		return 0;
	}
	const found = all.filter(wantedBy(flags, context));
	if (flags.json === true) {
		write(found.map((entry) => safeJson(historyJson(entry, stateIn(entry)))));
		return 0;
	}
	const rows = found.slice(0, most).map((entry) => ({ entry, state: stateIn(entry) }));
	const nothing = all.length === 0 ? 'nothing has been sent yet' : 'nothing of that kind';
	const left = found.length - rows.length;
	await read([
		...(found.length === 0 ? [nothing] : historyLines(rows, paint, columnsOf(context.stdout))),
		...(left === 0 ? [] : [`… and ${left} before (--since, --ref, --failed; --json has all)`]),
	]);
	return 0;
}

const inLines = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

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
