import type { Received } from '../capture/received.ts';
import { signatureField } from '../compose/find-field.ts';
import type { MessageFile } from '../model/provider.ts';
import { unfitting } from './absent-fields.ts';
import { whyTooMuch } from './bounds.ts';
import { withCleanedKeys } from './cleaned-keys.ts';
import { digestVerdict } from './digest-verdict.ts';
import type { Encoding } from './encoding.ts';
import { type Search, searchOnce } from './explain.ts';
import { readWithin } from './read-fields.ts';
import { recipeOf, shownCanonical, signatureOf } from './recipe.ts';
import { type Recognised, recognise } from './recognise.ts';
import { fitting, unsignedVerdict } from './signature-verdict.ts';
import type { SignatureFacts, Verdict, VerdictContext } from './verdict.ts';

/** Whether a received callback is what the provider sends, and if not, what is wrong with it. */
export function verdictOf(received: Received, context: VerdictContext): Promise<Verdict> {
	return withCleanedKeys(context, (one) => verdictUnder(received, one));
}

async function verdictUnder(received: Received, context: VerdictContext): Promise<Verdict> {
	const read = await readWithin(received);
	const { title } = context.provider;
	if (read === undefined)
		return nothing(
			'unreadable',
			'It has no fields: the body is no JSON object, no form and no XML, and the URL has no query.',
		);
	if ('tooMuch' in read) return nothing(read.tooMuch, whyTooMuch[read.tooMuch]);
	if (read.repeated !== undefined) {
		const said = `The field ${read.repeated} stands there twice: one receiver reads the first value, another the last.`;
		return nothing('duplicate-field', said);
	}
	const all = recognise(received, read, context.events);
	const readings =
		context.options === undefined
			? all
			: all.filter(({ chosen }) => chosen.options.join() === context.options?.join());
	const [first] = readings;
	if (first === undefined)
		return nothing('unknown-shape', `It has the shape of no callback of ${title}.`);
	const search = context.search ?? searchOnce();
	const judge = (reading: Recognised, unexplained: boolean) =>
		judgeReading(
			{ ...reading, signature: context.signature ?? reading.signature },
			received,
			{ ...context, unexplained },
			search,
		);
	const best = bestOf(readings, judge, context.unexplained === true);
	const hidden = best.genuine ? undefined : maskedHeader(received, best);
	if (hidden !== undefined)
		return {
			...best,
			cause: 'masked',
			explanation: `Not decided: its ${hidden} was masked when it was kept.`,
		};
	return read.mislabelled === undefined ? best : mislabelled(best, read.encoding, read.mislabelled);
}

/** A header that it is judged by, and that whoever kept the request took the value out of. */
function maskedHeader({ headers }: Received, { recognised }: Verdict): string | undefined {
	if (recognised === undefined) return undefined;
	const { digest, signature, headers: own = {} } = recognised.chosen.message;
	const proofs = [
		...(digest === undefined ? [] : ['authorization']),
		...Object.keys(own).map((name) => name.toLowerCase()),
		...(signature !== undefined && 'header' in signature.into
			? [signature.into.header.toLowerCase()]
			: []),
	];
	return proofs.find((name) => /\[masked\]|\[secret:/.test(headers[name] ?? ''));
}

/**
 * A genuine reading, else the one that the fewest known mistakes make, the first of them. Mistakes
 * are looked for, which takes its time, where no reading is genuine.
 */
function bestOf(
	readings: readonly Recognised[],
	judge: (reading: Recognised, unexplained: boolean) => Verdict,
	unexplained: boolean,
): Verdict {
	const plain = readings.map((reading) => judge(reading, true));
	const genuine = plain.find((verdict) => verdict.genuine);
	if (genuine !== undefined) return genuine;
	const explained: Verdict[] = [];
	for (const reading of unexplained ? [] : readings) {
		const verdict = judge(reading, false);
		if (mistakesIn(verdict) === 1) return verdict;
		explained.push(verdict);
	}
	const [best] = explained.toSorted((a, b) => mistakesIn(a) - mistakesIn(b));
	return best ?? plain.find(({ cause }) => cause !== null) ?? (plain[0] as Verdict);
}

/** As its cause names them. */
const mistakesIn = ({ cause }: Verdict): number =>
	cause?.split('+').length ?? Number.POSITIVE_INFINITY;

/** For what can be read in several ways: a genuine reading wins, then one with a shape. */
export async function verdictOfAny(
	readings: readonly Received[],
	context: VerdictContext,
): Promise<Verdict> {
	const [first] = readings;
	if (first === undefined) return nothing('unreadable', 'There is nothing to read.');
	let best = first;
	let isRecognised = false;
	for (const received of readings) {
		const verdict = await verdictOf(received, { ...context, unexplained: true });
		if (verdict.genuine) return verdict;
		if (isRecognised || verdict.recognised === undefined) continue;
		best = received;
		isRecognised = true;
	}
	return verdictOf(best, context);
}

const encodings = { form: 'a form', json: 'JSON', xml: 'XML', query: 'a query' } as const;

/**
 * A right body under a wrong label arrives nowhere: PHP's `$_POST` is empty, a JSON parser throws.
 */
function mislabelled(verdict: Verdict, encoding: Encoding, type: string): Verdict {
	const said = `The body is ${encodings[encoding]}, but labelled ${type}: a receiver that goes by the label reads no field of it.`;
	const code = 'wrong-content-type';
	const cause = verdict.cause === null ? code : `${code}+${verdict.cause}`;
	const more = verdict.genuine ? 'Under its own label it would be genuine.' : verdict.explanation;
	return { ...verdict, genuine: false, cause, explanation: `${said} ${more}` };
}

function judgeReading(
	reading: Recognised,
	received: Received,
	context: VerdictContext,
	search: Search,
): Verdict {
	const { event, chosen } = reading;
	const base = { event: event.id, options: chosen.options, recognised: reading, mistakes: [] };
	const { signature, digest } = chosen.message;
	if (digest !== undefined) return { ...base, ...digestVerdict(received, digest, context) };
	if (signature === undefined) return { ...base, ...unsignedVerdict(reading, received, context) };
	const honest = recipeOf(signature, reading.values, context.credentials, (path) =>
		path === 'body'
			? Buffer.from(received.body).toString('utf8')
			: timeIn(path, chosen.message, received),
	);
	if (honest === undefined) {
		return {
			...base,
			genuine: false,
			cause: 'not-supported',
			explanation: 'This kind of signature cannot be checked here.',
			signature: null,
		};
	}
	const expected = signatureOf(honest);
	const facts: SignatureFacts = {
		algorithm: signature.algorithm,
		fields: honest.parts.map(({ name }) => name),
		canonical: shownCanonical(honest),
		expected,
		received: reading.signature ?? null,
	};
	const where =
		signatureField(chosen.message) ?? ('header' in signature.into ? signature.into.header : '');
	if (reading.signature === undefined || reading.signature === '') {
		return {
			...base,
			genuine: false,
			cause: 'signature-missing',
			explanation: `There is no ${where}.`,
			signature: facts,
		};
	}
	if (reading.signature === expected)
		return { ...base, ...fitting(reading, received, facts, where, context) };
	return { ...base, ...unfitting(honest, reading, received, facts, where, context, search) };
}

/** A header signature over a time takes the time from the header that carries it. */
function timeIn(path: string, { headers }: MessageFile, received: Received): string {
	const [name] =
		Object.entries(headers ?? {}).find(([, template]) => template === `\${${path}}`) ?? [];
	return name === undefined ? '' : (received.headers[name.toLowerCase()] ?? '');
}

function nothing(cause: string, explanation: string): Verdict {
	return {
		genuine: false,
		event: null,
		options: [],
		cause,
		explanation,
		signature: null,
		mistakes: [],
		recognised: undefined,
	};
}
