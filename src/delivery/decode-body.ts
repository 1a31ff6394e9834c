import type { Transform } from 'node:stream';

/** What is left of a body once its compression is undone. */
export interface DecodedBody {
	readonly body: Uint8Array;
	readonly truncated: boolean;
	/** Why it stands there as it came, where it could not be undone. */
	readonly defect?: string | undefined;
}

/**
 * Undoes compression that nobody asked for, so that people, expectations and probes read text.
 * @param coding the `content-encoding` of the answer
 * @param limit bytes of output; a small body may hold gigabytes
 */
export async function decodeBody(
	raw: { readonly body: Uint8Array; readonly truncated: boolean },
	coding: string,
	limit: number,
): Promise<DecodedBody> {
	let current: DecodedBody = raw;
	for (const name of codingsIn(coding).toReversed()) {
		const decoder = await decoderFor(name);
		if (decoder === undefined) return { ...raw, defect: `its content-encoding is ${name}` };
		const decoded = await outputOf(decoder, current.body, limit);
		const isCut = decoded.failed && !current.truncated;
		if (isCut && decoded.body.length === 0)
			return { ...raw, defect: `its content-encoding is ${name}, and its body is not` };
		current = { body: decoded.body, truncated: current.truncated || decoded.truncated || isCut };
	}
	return current;
}

/** The compressions of a body, in the order in which they were made. */
export function codingsIn(coding: string): string[] {
	return coding
		.split(',')
		.map((name) => name.trim().toLowerCase())
		.filter((name) => name !== '' && name !== 'identity');
}

async function decoderFor(name: string): Promise<Transform | undefined> {
	// Few answers are compressed, and every start would pay for it.
	const zlib = await import('node:zlib');
	switch (name) {
		case 'gzip':
		case 'x-gzip':
			return zlib.createGunzip();
		// With its header (RFC 9110, section 8.4.1.2), or as some servers send it, without.
		case 'deflate':
			return zlib.createInflate();
		case 'br':
			return zlib.createBrotliDecompress();
		default:
			return undefined;
	}
}

interface Output {
	readonly body: Uint8Array;
	readonly truncated: boolean;
	readonly failed: boolean;
}

function outputOf(decoder: Transform, input: Uint8Array, limit: number): Promise<Output> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let size = 0;
		const end = (failed: boolean) => {
			const body = Buffer.concat(chunks);
			decoder.destroy();
			resolve({ body: body.subarray(0, limit), truncated: body.length > limit, failed });
		};
		decoder
			.on('data', (chunk: Buffer) => {
				chunks.push(chunk);
				size += chunk.length;
				if (size > limit) end(false);
			})
			.once('end', () => end(false))
			.once('error', () => end(true))
			.end(input);
	});
}
