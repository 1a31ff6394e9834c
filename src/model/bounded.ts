import { Problem } from './problem.ts';

/**
 * A stream as a whole, and nothing of it where it is longer.
 * @param what names it in the problem
 * @param most bytes
 * @throws Problem `body-invalid`, and the stream's own error
 */
export async function bounded(
	stream: AsyncIterable<unknown>,
	what: string,
	most: number,
): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream) {
		const bytes = Buffer.from(chunk as Uint8Array);
		length += bytes.length;
		if (length > most)
			throw new Problem('body-invalid', `${what} is longer than ${most / 1024 / 1024} MiB`, {
				hint: 'Give the one request, or its body, alone.',
			});
		chunks.push(bytes);
	}
	return Buffer.concat(chunks);
}
