import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { portOf, withoutBrackets } from '../delivery/address.ts';
import { guardedLookup, type LookUp, refuseAmong } from '../delivery/guarded-lookup.ts';
import { knownAddresses, type Reach } from '../delivery/reach.ts';
import type { ReceivedRequest } from '../receiver/server.ts';
import type { Forwarded } from '../report/arrival.ts';
import { forwardedHeaders, handedBackHeaders } from './hop-by-hop.ts';

/** Of an answer; what is longer is no answer to a callback. */
const mostAnswer = 16 * 1024 * 1024;
/** Milliseconds that a receiver may take. */
const patience = 60_000;

export interface ForwardOptions {
	readonly to: URL;
	readonly reach: Reach;
	readonly signal: AbortSignal;
	readonly lookUp?: LookUp | undefined;
	/** Milliseconds that a receiver may take, a minute unless said otherwise. */
	readonly patience?: number | undefined;
}

/**
 * Hands a request on and waits for the answer. Every dialling is judged by the same guard as a
 * delivery's.
 */
export async function forward(
	request: ReceivedRequest,
	options: ForwardOptions,
): Promise<Forwarded> {
	const { to } = options;
	const path = pathFor(to, request.url);
	const started = process.hrtime.bigint();
	const about = () => ({
		url: `${to.origin}${path}`,
		tookMs: Math.round(Number(process.hrtime.bigint() - started) / 1e5) / 10,
	});
	try {
		refuseAmong(knownAddresses(to, options.reach) ?? [], to, options.reach);
		const answer = await exchange(request, path, options);
		return { ...about(), ...answer };
	} catch (error) {
		return { ...about(), failure: whyNot(error as NodeJS.ErrnoException, to) };
	}
}

/** The path of the target, where it has one, else the one that was asked for; the query with it. */
export function pathFor(to: URL, asked: string): string {
	const at = asked.indexOf('?');
	const [askedPath, query] = at < 0 ? [asked, ''] : [asked.slice(0, at), asked.slice(at + 1)];
	const isOwn = to.pathname !== '/' || to.search !== '';
	const path = isOwn ? to.pathname : askedPath;
	const all = [to.search.slice(1), query].filter((part) => part !== '');
	const isAsked = at >= 0 || to.search !== '';
	return `${path.startsWith('/') ? path : '/'}${isAsked ? `?${all.join('&')}` : ''}`;
}

type Answered = Extract<Forwarded, { status: number }>;

async function exchange(
	{ method, body, rawHeaders }: ReceivedRequest,
	path: string,
	{ to, reach, signal, lookUp, patience: own }: ForwardOptions,
): Promise<Omit<Answered, 'url' | 'tookMs'>> {
	const isTls = to.protocol === 'https:';
	const { request } = await (isTls ? import('node:https') : import('node:http'));
	const options: RequestOptions & { rejectUnauthorized: boolean } = {
		agent: false,
		host: withoutBrackets(to.hostname),
		port: portOf(to),
		lookup: guardedLookup(to, reach, lookUp),
		rejectUnauthorized: !reach.insecure,
		method,
		path,
		headers: forwardedHeaders(rawHeaders, to.host, body.length) as never,
		signal: AbortSignal.any([signal, AbortSignal.timeout(own ?? patience)]),
	};
	return new Promise((resolve, reject) => {
		const sent: ClientRequest = request(options, (answer) => {
			readAnswer(answer).then(resolve, reject);
		});
		sent.once('error', reject);
		sent.end(body);
	});
}

async function readAnswer(answer: IncomingMessage): Promise<Omit<Answered, 'url' | 'tookMs'>> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of answer as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > mostAnswer) throw new Error('its answer is longer than 16 MiB');
		chunks.push(chunk);
	}
	return {
		status: answer.statusCode ?? 0,
		reason: answer.statusMessage ?? '',
		rawHeaders: handedBackHeaders(answer.rawHeaders),
		body: Buffer.concat(chunks),
	};
}

const causes: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'nothing listens there',
	ENOTFOUND: 'the name is not found',
	EAI_AGAIN: 'the name server does not answer',
	ECONNRESET: 'it closed the connection without an answer',
	ETIMEDOUT: 'it cannot be reached',
	EHOSTUNREACH: 'it cannot be reached',
	ENETUNREACH: 'it cannot be reached',
};

function whyNot({ name, code = '', message }: NodeJS.ErrnoException, to: URL): string {
	const isLate = name === 'TimeoutError' || code === 'ABORT_ERR';
	const cause = code.startsWith('HPE_') ? 'its answer is no HTTP' : (causes[code] ?? message);
	const why = isLate ? 'it did not answer in time' : cause;
	return `callsim could not hand it on to ${to.host}: ${why}.`;
}
