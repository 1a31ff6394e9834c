import { Problem } from '../../model/problem.ts';
import type { BodySource, RawBodySource } from '../../model/settings.ts';

/** `@file`, `-`, or the text itself. */
export function parseBody(typed: string): BodySource {
	return fileOrStdin(typed) ?? { kind: 'text', text: typed };
}

/** `@file` or `-`. @throws Problem `usage` */
export function parseRawBody(typed: string): RawBodySource {
	const source = fileOrStdin(typed);
	if (source !== undefined) return source;
	throw new Problem('usage', '--raw-body takes @file or - (standard input)', {
		hint: 'Write --raw-body @file, or pipe the bytes in: … | callsim … --raw-body -',
	});
}

function fileOrStdin(typed: string) {
	if (typed === '-') return { kind: 'stdin' } as const;
	return typed.startsWith('@') ? ({ kind: 'file', path: typed.slice(1) } as const) : undefined;
}

export function bodySourceText(body: BodySource): string {
	return body.kind === 'text' ? body.text : rawBodyText(body);
}

export function rawBodyText(body: Exclude<BodySource, { kind: 'text' }> | RawBodySource): string {
	return body.kind === 'file' ? `@${body.path}` : '-';
}
