import type { ChalkInstance } from 'chalk';
import { isPage } from '../../answer/is-page.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Claim } from '../../model/provider.ts';
import type { OfType, RunEvent } from '../../model/run-event.ts';
import { counted, endText, outcomeText } from '../outcome-text.ts';
import { readableHtml } from '../readable-html.ts';
import { printable, printableLine } from '../safe/escape.ts';
import { type Mask, maskBytes } from '../safe/mask.ts';
import { providerTime, tookText } from '../time-text.ts';
import { answerLines, requestLines } from './exchange-text.ts';
import { Forgeries } from './forgeries.ts';
import { orderText } from './order-text.ts';

const bodyLines = 12;
const bodyCharacters = 1_200;

export interface DeliveryTextContext {
	readonly paint: ChalkInstance;
	readonly mask: Mask;
	/** The weakest claim of the event, whose trust and note stand in the first line. */
	claim(delivery: number): Claim;
	/** Several deliveries at once need to be told apart. */
	readonly numbered: boolean;
	/** With every request and every answer whole. */
	readonly verbose: boolean;
	/** The next useful command, after the verdict. */
	next(event: OfType<'finished'>): string | undefined;
}

/** Run events as lines on stdout. It remembers answers, not to say one five times. */
export function deliveryReporter(context: DeliveryTextContext): (event: RunEvent) => string[] {
	const answers = new Map<number, string>();
	const forgeries = new Forgeries();
	const shown = (event: RunEvent, body: readonly string[]) =>
		linesOf(event, context, body, forgeries).map(context.mask);
	return (event) => {
		forgeries.hear(event);
		if (event.type === 'finished') answers.delete(event.delivery);
		if (event.type !== 'attempt' || event.acknowledged) return shown(event, []);
		const body = bodyOf(event.outcome, context);
		const text = body.join('\n');
		const repeated = text !== '' && answers.get(event.delivery) === text;
		answers.set(event.delivery, text);
		return shown(event, repeated ? [context.paint.dim('(the same answer)')] : body);
	};
}

function linesOf(
	event: RunEvent,
	context: DeliveryTextContext,
	body: readonly string[],
	forgeries: Forgeries,
): string[] {
	const { paint } = context;
	const mark = 'delivery' in event && context.numbered ? paint.dim(`#${event.delivery} `) : '';
	switch (event.type) {
		case 'started': {
			const { trust, note } = context.claim(event.delivery);
			const trusted = note === undefined ? trust : `${trust} (${note})`;
			const options = event.options.length === 0 ? [] : [event.options.join(' ')];
			const faults = event.faults.map((fault) => paint.yellow(`--${fault}`));
			const parts = [paint.bold(event.event), ...options, ...faults, trusted];
			const order = orderText(event.order);
			return [
				`${mark}${parts.join(paint.dim(' · '))} ${paint.dim('→')} ${event.target}`,
				...(order === undefined ? [] : [`${mark}  ${paint.cyan(order)}`]),
			];
		}
		case 'attempt': {
			const verdict = attemptVerdict(event, context, forgeries);
			const attempt = paint.dim(`attempt ${event.attempt}`);
			const line = `${mark}  ${attempt}  ${providerTime(event.offsetMs).padEnd(9)} ${cameText(event.outcome)}  ${verdict}`;
			const quoted = (sign: string) => (text: string) => `${mark}    ${paint.dim(sign)} ${text}`;
			if (!context.verbose) return [line, ...body.map(quoted('│'))];
			return [
				...requestOf(event, context).map(quoted('>')),
				line,
				...answerLines(event.outcome, context.mask).map(quoted('<')),
			];
		}
		case 'waiting':
		case 'scenario':
		case 'step':
		case 'step-skipped':
		case 'scenario-finished':
			return [];
		case 'finished': {
			const next = context.next(event);
			return [
				`${mark}${verdictText(event, context, forgeries)}`,
				...(next === undefined ? [] : [`${mark}  ${paint.dim(`next: ${next}`)}`]),
			];
		}
		case 'summary':
			return summaryLines(event);
	}
}

/** Body and URL are the same on every attempt. */
const requestOf = ({ attempt, request }: OfType<'attempt'>, { mask }: DeliveryTextContext) =>
	attempt === 1 ? requestLines(request, mask) : ['(the same request)'];

function summaryLines({ deliveries, acknowledged, skipped }: OfType<'summary'>): string[] {
	if (deliveries + skipped <= 1) return [];
	const left = skipped === 0 ? '' : `, ${skipped} not sent`;
	return [`${acknowledged} of ${deliveries} deliveries acknowledged${left}`];
}

/** The verdict behind it says why there is no answer. */
function cameText(outcome: Outcome): string {
	return outcome.kind === 'answered'
		? outcomeText(outcome)
		: `no answer, ${tookText(outcome.tookMs)}`;
}

function attemptVerdict(
	{ delivery, acknowledged, reason }: OfType<'attempt'>,
	{ paint }: DeliveryTextContext,
	forgeries: Forgeries,
): string {
	if (acknowledged)
		return forgeries.isOne(delivery) ? paint.red('acknowledged') : paint.green('acknowledged');
	return forgeries.isRefused(delivery)
		? paint.green('refused')
		: paint.red(reason ?? 'not acknowledged');
}

function verdictText(
	event: OfType<'finished'>,
	{ paint }: DeliveryTextContext,
	forgeries: Forgeries,
): string {
	const text = printableLine(endText(event, event.attempts));
	if (event.acknowledged && forgeries.isOne(event.delivery))
		return paint.red(`✗ ${text}, though it was broken on purpose`);
	if (event.why === 'gave-up' && forgeries.isRefused(event.delivery))
		return paint.green(`✓ refused in ${counted(event.attempts, 'attempt')}, as it should be`);
	if (event.acknowledged) return paint.green(`✓ ${text}`);
	return event.why === 'interrupted' ? paint.yellow(`– ${text}`) : paint.red(`✗ ${text}`);
}

/** What the receiver said when it did not acknowledge: trimmed, escaped, masked. */
function bodyOf(outcome: Outcome, { mask, paint }: DeliveryTextContext): string[] {
	if (outcome.kind !== 'answered' || outcome.body.length === 0) return [];
	const answer = maskBytes(outcome.body, mask, outcome.truncated);
	const written = Buffer.from(answer).toString('utf8');
	const page = isPage(outcome) ? readableHtml(written) : undefined;
	const text = printable(page?.join('\n') ?? written).trim();
	if (text === '')
		return page === undefined
			? []
			: [paint.dim('(an HTML page without text; --json has it as it came)')];
	const lines = text.slice(0, bodyCharacters).split('\n');
	const cut = text.length > bodyCharacters || lines.length > bodyLines || outcome.truncated;
	return [
		...lines.slice(0, bodyLines),
		...(cut || page !== undefined ? [paint.dim(restText(cut, page !== undefined))] : []),
	];
}

function restText(isCut: boolean, isPage: boolean): string {
	const text = isPage ? '(text of an HTML page; --json has it as it came)' : '';
	return isCut ? `… ${text || '(--json has the first 64 KiB)'}` : text;
}
