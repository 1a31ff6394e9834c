import type { ChalkInstance } from 'chalk';
import type { RunEvent } from '../../model/run-event.ts';
import { printableLine } from '../safe/escape.ts';
import type { Mask } from '../safe/mask.ts';
import { doubtOf } from './doubt.ts';
import type { HintContext } from './hint.ts';
import { hintFor } from './hints.ts';

/** What belongs on stderr in every output mode: warnings, hints, refused targets. Each once. */
export function diagnostics(
	paint: ChalkInstance,
	mask: Mask,
	contextOf: (delivery: number) => HintContext,
): (event: RunEvent) => string[] {
	const shown = new Set<string>();
	return (event) =>
		linesOf(event, paint, contextOf)
			.map(mask)
			.filter((line) => {
				const isNew = !shown.has(line);
				shown.add(line);
				return isNew;
			});
}

function linesOf(
	event: RunEvent,
	paint: ChalkInstance,
	contextOf: (delivery: number) => HintContext,
): string[] {
	if (event.type === 'finished' && event.why === 'refused-target') {
		return [
			`error target-remote: ${event.detail}`,
			'  try: Use a local target, or --allow-remote if you own the receiver.',
		];
	}
	if (event.type !== 'attempt') return [];
	const warnings = event.warnings.map((warning) => paint.yellow(`warning: ${warning}`));
	const context = contextOf(event.delivery);
	const hasAnsweredChallenge =
		context.message.digest !== undefined &&
		event.request.headers.some(({ name }) => name.toLowerCase() === 'authorization');
	const hint = hintFor(event.outcome, event.acknowledged, { ...context, hasAnsweredChallenge });
	const doubt =
		event.acknowledged && hint === undefined ? doubtOf(event.outcome, context) : undefined;
	const accepted =
		event.acknowledged && doubt === undefined && context.faults.length > 0
			? [
					paint.yellow(
						`warning: the receiver accepted a callback that was broken on purpose (${context.faults.map((fault) => `--${fault}`).join(', ')})`,
					),
				]
			: [];
	const doubts = doubt === undefined ? [] : [paint.yellow(`warning: ${printableLine(doubt)}`)];
	const hints = hint === undefined ? [] : [`${paint.yellow('hint:')} ${printableLine(hint)}`];
	return [...warnings, ...accepted, ...doubts, ...hints];
}
