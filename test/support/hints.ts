import { hintContext } from '../../src/cli/hint-context.ts';
import { hintFor } from '../../src/report/text/hints.ts';
import { composed } from './catalogue.ts';

interface Answer {
	readonly status: number;
	readonly body: string;
	readonly encoding?: string | undefined;
	readonly credentials?: 'simulator' | 'own';
	readonly faults?: readonly string[];
}

/** What `fire` says of this answer to a callback under a key of the user's own. */
export async function hintAfter(
	event: string,
	{ status, body, encoding, credentials = 'own', faults = [] }: Answer,
): Promise<string | undefined> {
	const item = await composed(event, encoding === undefined ? {} : { encoding });
	const retry = { kind: 'none' } as const;
	const returnTo = new URL('http://localhost:3000/return');
	const context = hintContext(
		{ ...item, credentials, faults },
		{ rawBody: undefined, returnTo, retry },
		{ insideContainer: () => false },
	);
	const headers = {};
	return hintFor(
		{ kind: 'answered', status, headers, body: Buffer.from(body), truncated: false, tookMs: 1 },
		false,
		context,
	);
}
