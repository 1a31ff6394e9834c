import type { Catalogue } from '../catalogue/catalogue.ts';
import type { PreparedFire } from '../engine/fire.ts';
import { type ResumedDelivery, resumeDeliveries } from '../engine/resume.ts';
import { sameBytes } from '../engine/same-bytes.ts';
import type { KnownDelivery } from '../journal/deliveries.ts';
import { findDelivery } from '../journal/find-delivery.ts';
import { lockRun } from '../journal/lock.ts';
import { cutOff } from '../journal/next-step.ts';
import { isAlive, ownMark } from '../journal/process-mark.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { deliveryInForce } from '../settings/delivery-in-force.ts';
import { within } from '../settings/engine-context.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { keeping, knownDeliveries } from './known-deliveries.ts';
import type { CommonFlags } from './options/common-flags.ts';
import type { JournalFlags } from './options/journal-flags.ts';
import type { ReportFlags } from './options/report-flag.ts';
import { readSettings } from './options/settings-flags.ts';
import { recalled, recalledUnder } from './recalled.ts';
import { folderFor, Recorder } from './recorder.ts';
import { withReports } from './reports.ts';
import { runDeliveries } from './run-deliveries.ts';

export type ResumeFlags = CommonFlags & ReportFlags & JournalFlags & { readonly verbose?: boolean };

/**
 * Goes on with a schedule that was cut off, where it stood. What was acknowledged is never sent
 * again.
 */
export function resume(
	id: string | undefined,
	flags: ResumeFlags,
	outer: CliContext,
): Promise<ExitCode> {
	const title = `resume ${id ?? ''}`.trim();
	return withReports(flags, { command: 'fire', title }, outer, async (context, collect) => {
		const [wanted] = leftOf(knownDeliveries(flags, context), id);
		if (wanted === undefined) return nothingLeft(flags, context);
		const { run } = wanted.known.record;
		const recorder = neededRecorder(flags, context);
		const unlock = lockRun(folderFor(flags, keeping(context)) ?? '', run, ownMark());
		try {
			// Another process may have gone on with it until the lock was there.
			const left = leftOf(knownDeliveries(flags, context), id ?? run);
			const [first] = left;
			if (first === undefined) return nothingLeft(flags, context);
			const here = await commandContext(flags, context);
			const inside = within(here.context, { cwd: first.known.cwd });
			const resumed: ResumedDelivery[] = [];
			for (const one of left) resumed.push(await composedAgain(one, flags, here.catalogue, inside));
			for (const {
				left: { lost },
				number,
			} of resumed)
				if (lost !== undefined)
					inside.note(
						`attempt ${lost} of #${number} was under way when it was cut off: whether it arrived is not known`,
					);
			recorder.keep({ type: 'resumed', run, process: ownMark() });
			const prepared: PreparedFire = {
				run,
				composed: resumed.map(({ composed }) => composed),
				said: resumed.map(({ said }) => said),
				inForce: { ...deliveryInForce(resumed[0]?.said ?? {}), duplicate: 1 },
			};
			const places = new Map(resumed.map(({ number }, at) => [number, at]));
			return await runDeliveries(
				{
					prepared,
					flags,
					collector: collect(),
					recorder,
					placeOf: (delivery) => places.get(delivery) ?? 0,
					deliver: (ports) => resumeDeliveries(run, resumed, inside, ports),
				},
				inside,
			);
		} finally {
			unlock();
		}
	});
}

function nothingLeft(flags: ResumeFlags, context: CliContext): 0 {
	if (flags.json !== true) context.stdout.write('nothing was cut off\n');
	return 0;
}

interface Left {
	readonly known: KnownDelivery;
	readonly left: NonNullable<ReturnType<typeof cutOff>>;
}

/** @throws Problem `usage` where it cannot be gone on with */
function leftOf(known: readonly KnownDelivery[], id: string | undefined): Left[] {
	const resumable = known.filter(({ command }) => command === 'fire' || command === 'replay');
	const open = resumable.flatMap((one): Left[] => {
		const left = cutOff(one);
		return left === undefined ? [] : [{ known: one, left }];
	});
	if (id === undefined || id === 'last') {
		const newest = open.findLast(({ known: { process } }) => !isWorkedOn(process))?.known.record
			.run;
		return open.filter(({ known: { record } }) => record.run === newest);
	}
	const ofRun = known.filter(({ record }) => record.run === id || record.run.endsWith(id));
	const runs = new Set(ofRun.map(({ record }) => record.run));
	const chosen = runs.size === 1 ? ofRun : [findDelivery(known, id)];
	const [one] = chosen;
	if (one !== undefined && !resumable.includes(one))
		throw new Problem('usage', `${one.record.run} was a ${one.command}, which is not resumed`, {
			hint: 'Run it again: its last line says how, with its seed.',
		});
	if (one !== undefined && isWorkedOn(one.process))
		throw new Problem('usage', `${one.record.run} is still at work (process ${one.process?.pid})`, {
			hint: 'Wait for it, or stop it first.',
		});
	return open.filter((each) => chosen.includes(each.known));
}

const isWorkedOn = (process: KnownDelivery['process']): boolean =>
	process !== undefined && isAlive(process);

async function composedAgain(
	{ known, left }: Left,
	flags: ResumeFlags,
	catalogue: Catalogue,
	context: CliContext,
): Promise<ResumedDelivery> {
	const said = recalledUnder(known, readSettings(flags), context);
	const composed = await sameBytes(known, said, catalogue, context);
	const { record } = known;
	const group = JSON.stringify([record.event, record.request]);
	const speedBefore = deliveryInForce(recalled(known).settings).speed;
	return { number: record.delivery, composed, said, left, speedBefore, group };
}

/** What cannot be kept must not be sent: a second resume would send it again. */
function neededRecorder(flags: JournalFlags, context: CliContext): Recorder {
	try {
		return new Recorder(flags, keeping(context), true);
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		if (code === undefined) throw cause;
		throw new Problem('output-unwritable', `the journal cannot be written (${code})`, {
			hint: 'Make its folder writable: what is resumed has to be kept, or it would be sent twice.',
			cause,
		});
	}
}
