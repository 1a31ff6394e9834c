import { deliveriesIn, type KnownDelivery } from '../journal/deliveries.ts';
import { type Journal, readJournal } from '../journal/read-journal.ts';
import { Problem } from '../model/problem.ts';
import { within } from '../settings/engine-context.ts';
import type { CliContext } from './cli-context.ts';
import type { JournalFlags } from './options/journal-flags.ts';
import { folderFor } from './recorder.ts';

/**
 * What the journal knows, oldest first; damage is told and passed over.
 *
 * @throws Problem `usage` where there is no journal, `file-unreadable` where it cannot be read
 */
export function knownDeliveries(flags: JournalFlags, context: CliContext): KnownDelivery[] {
	return deliveriesIn(readKept(flags, context).records);
}

export function readKept(flags: JournalFlags, context: CliContext): Journal {
	const folder = folderFor(flags, keeping(context));
	if (folder === undefined)
		throw new Problem('usage', 'there is no journal: neither XDG_STATE_HOME nor HOME is set', {
			hint: 'Name its folder: --journal ./callsim-journal, for the commands that send as well.',
		});
	const journal = kept(folder);
	for (const text of journal.damage) context.note(`journal: ${text}, passed over`);
	return journal;
}

/**
 * A context in which the journal is not switched off by the environment: what was kept can be read
 * all the same, and what is resumed has to be kept.
 */
export const keeping = (context: CliContext): CliContext =>
	within(context, { env: { ...context.env, CALLSIM_NO_JOURNAL: undefined } });

function kept(folder: string): Journal {
	try {
		return readJournal(folder);
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		if (code === undefined) throw cause;
		throw new Problem('file-unreadable', `cannot read the journal in ${folder} (${code})`, {
			hint: 'Check the folder, or name another: --journal <dir>.',
			cause,
		});
	}
}
