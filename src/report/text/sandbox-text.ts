import type { ChalkInstance } from 'chalk';
import type { CallLine, StateLine } from '../../model/contract/sandbox.ts';
import { printableLine } from '../safe/escape.ts';
import type { Mask } from '../safe/mask.ts';

/** `POST /v3/payment-intents → 200 · ORD-0060 · pi_MGWpzp`; below it what was wrong. */
export function callLines(line: CallLine, paint: ChalkInstance, mask: Mask): string[] {
	const { method, path, status, order, notes } = line;
	const isFine = status !== null && status < 400;
	const came = status === null ? 'no answer' : String(status);
	const about = order === undefined ? [] : [order.reference, order.id];
	const parts = [isFine ? paint.green(came) : paint.red(came), ...about.map(printableLine)];
	return [
		`${method} ${printableLine(path)} ${paint.dim('→')} ${parts.join(paint.dim(' · '))}`,
		...notes.map(
			(note) => `  ${isAdvice(note) ? '' : `${paint.yellow('!')} `}${printableLine(note)}`,
		),
	].map(mask);
}

const isAdvice = (note: string): boolean => note.startsWith('note: ');

export function stateLine({ reference, order, from, to }: StateLine, paint: ChalkInstance): string {
	const change = from === null ? to : `${from} → ${to}`;
	return printableLine(`${reference} · ${order}: ${paint.bold(change)}`).replace(
		printableLine(paint.bold(change)),
		paint.bold(change),
	);
}
