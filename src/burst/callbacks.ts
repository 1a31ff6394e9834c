import type { Composed } from '../compose/compose.ts';
import { type Header, requestTarget } from '../model/request.ts';
import type { Draws } from './draws.ts';
import type { Signer } from './signer.ts';
import { patch, placesOf, type Stencil, stencilOf } from './stencil.ts';

/** Composes one callback: the characters that it draws, and its instant in epoch milliseconds. */
export type ComposeAt = (characters: Uint8Array, now: number) => Promise<Composed>;

/** A callback as it is to be sent. */
export interface ReadyCallback {
	readonly path: string;
	readonly body: Uint8Array | undefined;
	/** @param at epoch milliseconds of the attempt */
	headersAt(at: number): readonly Header[];
}

/** Many callbacks of one event, a second of the provider's time together. */
export interface Batch {
	/**
	 * The callback with these characters.
	 * @param room for the body, which is overwritten; it is free again behind the answer
	 */
	callback(n: number, characters: Uint8Array, room: BodyRoom): ReadyCallback;
	reference(n: number, characters: Uint8Array): string;
}

/** A buffer a connection, for the body that is under way on it. */
export interface BodyRoom {
	bytes: Buffer;
}

/** The texts of a callback that differ from one to the next. */
interface Texts {
	readonly path: Buffer;
	readonly body: Buffer;
	readonly signed: Buffer;
	readonly reference: Buffer;
}
const names = ['path', 'body', 'signed', 'reference'] as const;

/** What is the same in all batches of one event. */
export interface Shape {
	readonly stencils: Readonly<Record<keyof Texts, Stencil>>;
	/** Where the signature stands in the body or the path. */
	readonly signature: { readonly of: 'path' | 'body'; readonly places: readonly number[] };
	/** Headers carry no time and nothing of the callback. */
	readonly isHeaderFixed: boolean;
}

/**
 * Learns how the callbacks of an event differ: composes it once for each character that is drawn,
 * with that one changed, and looks what has changed. Undefined where more follows from a character
 * than itself (a hash of it, a length): such an event is composed one by one.
 */
export async function shapeOf(
	compose: ComposeAt,
	draws: Draws,
	characters: Uint8Array,
	now: number,
): Promise<Shape | undefined> {
	const base = await compose(characters, now);
	const texts = textsOf(base, now);
	const value = Buffer.from(signatureOf(base, now)?.value ?? '', 'latin1');
	const inBody = placesOf(value, texts.body);
	const signature =
		inBody.length > 0
			? ({ of: 'body', places: inBody } as const)
			: ({ of: 'path', places: placesOf(value, texts.path) } as const);
	const isSignature = (name: keyof Texts) => (at: number) =>
		name === signature.of &&
		signature.places.some((from) => at >= from && at < from + value.length);
	const headers = headersText(base, now);
	let isHeaderFixed = headers === headersText(base, now + 86_461_001);
	const changed: { texts: Texts; from: number; to: number }[] = [];
	for (let at = 0; at < draws.size; at++) {
		const from = characters[at] ?? 0;
		const to = draws.other(at, from);
		const other = await compose(
			Uint8Array.from(characters, (code, i) => (i === at ? to : code)),
			now,
		);
		// What a header says of the callback is not looked for.
		if (headersText(other, now) !== headers) return undefined;
		changed.push({ texts: textsOf(other, now), from, to });
	}
	isHeaderFixed &&= headers === headersText(base, now);
	const stencils = names.map((name) =>
		stencilOf(
			texts[name],
			changed.map((one) => ({ text: one.texts[name], from: one.from, to: one.to })),
			isSignature(name),
		),
	);
	const [path, body, signed, reference] = stencils;
	if (!path || !body || !signed || !reference) return undefined;
	return { stencils: { path, body, signed, reference }, signature, isHeaderFixed };
}

/** Callbacks that are the base with their own characters put in, signed anew. */
export function stencilled(
	base: Composed,
	now: number,
	shape: Shape,
	signer: Signer | undefined,
): Batch {
	const texts = lasting(textsOf(base, now));
	const { stencils, signature, isHeaderFixed } = shape;
	const headers = base.request.headersAt(now);
	const headersAt = isHeaderFixed ? fixed(headers) : base.request.headersAt;
	const hasBody = base.request.body !== undefined;
	const fixedPath = stencils.path.places.length === 0 && (signature.of === 'body' || !signer);
	const path = texts.path.toString('latin1');
	return {
		callback(_n, characters, room) {
			if (hasBody) {
				if (room.bytes.length !== texts.body.length) room.bytes = Buffer.alloc(texts.body.length);
				room.bytes.set(texts.body);
				patch(stencils.body, characters, room.bytes);
			}
			let target = path;
			const own = fixedPath ? undefined : filled(texts.path, stencils.path, characters);
			if (signer !== undefined && signature.places.length > 0) {
				const signed = signer.text(texts.signed.length);
				signed.set(texts.signed);
				patch(stencils.signed, characters, signed);
				const value = signer.sign();
				const into = signature.of === 'body' ? room.bytes : own;
				for (const at of signature.places) into?.write(value, at, 'latin1');
			}
			if (own !== undefined) target = own.toString('latin1');
			return { path: target, body: hasBody ? room.bytes : undefined, headersAt };
		},
		reference: (_n, characters) =>
			filled(texts.reference, stencils.reference, characters).toString('utf8'),
	};
}

/** Nothing of what was composed is kept by it: there is a batch for every thousand callbacks. */
const fixed = (headers: readonly Header[]) => () => headers;

/** Short buffers are parts of larger ones, which would be kept with them. */
const lasting = ({ path, body, signed, reference }: Texts): Texts => {
	const copy = (bytes: Buffer) => Buffer.from(Uint8Array.from(bytes).buffer);
	return { path: copy(path), body: copy(body), signed: copy(signed), reference: copy(reference) };
};

function filled(base: Buffer, stencil: Stencil, characters: Uint8Array): Buffer {
	const bytes = Buffer.from(base);
	patch(stencil, characters, bytes);
	return bytes;
}

/** Callbacks that were composed one by one. @param first the number of the first */
export function whole(all: readonly Composed[], first: number): Batch {
	const at = (n: number) => {
		const composed = all[n - first];
		if (composed === undefined) throw new Error(`callback ${n} is not in its batch`);
		return composed;
	};
	return {
		callback(n) {
			const { request } = at(n);
			const { url, body } = request;
			return { path: requestTarget(url), body, headersAt: request.headersAt };
		},
		reference: (n) => at(n).order?.reference ?? '',
	};
}

/** Whether a callback is, byte for byte, what composing makes of it. */
export function isSame({ path, body }: ReadyCallback, composed: Composed): boolean {
	const { url, body: wanted } = composed.request;
	return (
		path === requestTarget(url) &&
		(body === undefined) === (wanted === undefined) &&
		Buffer.compare(body ?? noBytes, wanted ?? noBytes) === 0
	);
}

const noBytes = new Uint8Array();

/** Made over values: a header's is of the attempt. */
function signatureOf({ request }: Composed, now: number) {
	const trace = request.signatureAt(now);
	return trace !== undefined && 'field' in trace.into ? trace : undefined;
}

function textsOf(composed: Composed, now: number): Texts {
	const { request, order } = composed;
	return {
		path: Buffer.from(requestTarget(request.url), 'latin1'),
		body: Buffer.from(request.body ?? noBytes),
		signed: Buffer.from(signatureOf(composed, now)?.canonical ?? '', 'utf8'),
		reference: Buffer.from(order?.reference ?? '', 'utf8'),
	};
}

const headersText = ({ request }: Composed, now: number): string =>
	JSON.stringify(request.headersAt(now));
