import type { ChalkInstance } from 'chalk';
import type { CallLine, StateLine } from '../../model/contract/sandbox.ts';
import { printableLine } from '../safe/escape.ts';
import type { Mask } from '../safe/mask.ts';

/** What was met at the port in place of a request; how much is read there says the server. */
export const troubleText: Readonly<
	Record<'slow' | 'long-headers' | 'https' | 'http' | 'distrust' | 'no-http' | 'full', string>
> = {
	slow: 'a request did not arrive within half a minute (its headers: 10 s), and was answered 408',
	'long-headers': 'the headers of a request are too long, and were answered 431',
	https:
		'somebody speaks HTTPS to this port: the address begins with http://, or give --cert and --key',
	http: 'somebody speaks HTTP to this port: with --cert and --key its address begins with https://',
	distrust:
		'a client does not trust the certificate of --cert: give it the authority (PHP: curl.cainfo, Node: NODE_EXTRA_CA_CERTS)',
	'no-http': 'what arrived at this port is no HTTP, and was answered 400',
	full: '2,000 connections are open, and more are turned away: does the shop close those that it opens?',
};

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
