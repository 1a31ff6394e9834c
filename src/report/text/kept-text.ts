import type { ChalkInstance } from 'chalk';
import type { KnownDelivery } from '../../journal/deliveries.ts';
import type { Entry } from '../../journal/entries.ts';
import type { Outcome } from '../../model/contract/exchange.ts';
import type { KeptState } from '../kept-state.ts';
import { printableLine } from '../safe/escape.ts';
import { providerTime } from '../time-text.ts';
import { bodyLines, messageLines } from './exchange-text.ts';
import { coloured, localTime } from './history-text.ts';
import { orderText } from './order-text.ts';

/** All that was kept of it. @param word writes a word of a command line */
export function shownLines(
	entry: Entry,
	state: KeptState | undefined,
	paint: ChalkInstance,
	word: (text: string) => string,
): string[] {
	switch (entry.kind) {
		case 'delivery':
			return deliveryLines(entry.known, state, paint, word);
		case 'received':
			return receivedLines(entry, paint);
		case 'checked':
			return checkedLines(entry, paint);
	}
}

function deliveryLines(
	{ id, record, attempts, inFlight }: KnownDelivery,
	state: KeptState | undefined,
	paint: ChalkInstance,
	word: (text: string) => string,
): string[] {
	const order = orderText(record.order);
	const { method, url } = record.request;
	const type = attempts[0]?.headers['content-type'] ?? '';
	return [
		`${paint.bold(record.event)} ${paint.dim('→')} ${printableLine(record.target)}  ${paint.dim(id)}`,
		...(order === undefined ? [] : [`  ${paint.cyan(order)}`]),
		`  ${paint.dim(`callsim fire ${record.words.map(word).join(' ')}`)}`,
		`    ${paint.dim('>')} ${printableLine(`${method} ${url}`)}`,
		...bodyLines(keptBody(record.request), url, type).map(
			(text) => `    ${paint.dim('>')}   ${text}`,
		),
		...attempts.flatMap(({ attempt, offsetMs, outcome, acknowledged, reason, at }) => [
			`  ${paint.dim(`attempt ${attempt}`)}  ${providerTime(offsetMs).padEnd(9)} ${zonedTime(at)}  ${cameText(outcome)}${acknowledged ? paint.green('acknowledged') : paint.red(reason ?? 'not acknowledged')}`,
			...answerOf(outcome).map((text) => `    ${paint.dim('<')} ${text}`),
		]),
		...(inFlight === undefined
			? []
			: [`  attempt ${inFlight.attempt} was under way: whether it arrived is not known`]),
		coloured(state, paint),
	];
}

/** `2026-11-28 09:37:53 +08:00`: the list's time, and whose it is. */
function zonedTime(at: string): string {
	const minutes = -new Date(at).getTimezoneOffset();
	const two = (count: number) => String(Math.trunc(count)).padStart(2, '0');
	const [hours, rest] = [Math.abs(minutes) / 60, Math.abs(minutes) % 60];
	return `${localTime(at)} ${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

/** Why there is no answer is the reason behind it. */
const cameText = (outcome: Outcome): string =>
	outcome.kind === 'answered' ? `${outcome.status}  ` : '';

const answerOf = (outcome: Outcome): string[] =>
	outcome.kind === 'answered'
		? messageLines(
				outcome.headers,
				'body' in outcome ? outcome.body : `(base64) ${outcome.bodyBase64}`,
			)
		: [];

function receivedLines(
	{ id, record }: Extract<Entry, { kind: 'received' }>,
	paint: ChalkInstance,
): string[] {
	const { request, event, genuine, why, answered } = record;
	const type = request.headers['content-type'] ?? '';
	const url = new URL(request.url, 'http://localhost').href;
	const body = Buffer.from(
		'body' in request ? request.body : request.bodyBase64,
		'body' in request ? 'utf8' : 'base64',
	);
	const quoted = (text: string) => `    ${paint.dim('>')} ${text}`;
	return [
		`${paint.bold(event ?? 'unknown')} ${paint.dim('←')} ${zonedTime(record.at)}  ${paint.dim(id)}`,
		quoted(printableLine(`${request.method} ${request.url}`)),
		...Object.entries(request.headers).map(([name, value]) =>
			quoted(printableLine(`${name}: ${value}`)),
		),
		...bodyLines(body.length === 0 ? undefined : body, url, type).map((text) =>
			quoted(`  ${text}`),
		),
		`  ${genuine ? paint.green('✓ genuine') : paint.red('✗ not genuine')}: ${printableLine(why)}`,
		`  answered ${answered}`,
	];
}

function checkedLines(
	{ id, record }: Extract<Entry, { kind: 'checked' }>,
	paint: ChalkInstance,
): string[] {
	const { provider, target, counts, rules } = record;
	return [
		`${paint.bold(`check ${provider}`)} ${paint.dim('→')} ${printableLine(target)}  ${paint.dim(id)}`,
		...rules.flatMap(({ rule, level, verdict, reason, hint, reproduce }) => [
			`${verdict === 'failed' ? paint.red('✗') : paint.yellow('!')} ${paint.bold(rule)} (${level})  ${printableLine(reason)}`,
			`    fix: ${printableLine(hint)}`,
			...(reproduce === '' ? [] : reproduce.split('\n').map((line) => `    ${paint.dim(line)}`)),
		]),
		`${counts.passed} passed, ${counts.failed} failed, ${counts.warned} warned`,
	];
}

function keptBody(request: KnownDelivery['record']['request']): Uint8Array | undefined {
	if ('bodyBase64' in request) return Buffer.from(request.bodyBase64, 'base64');
	return request.body === null ? undefined : Buffer.from(request.body);
}
