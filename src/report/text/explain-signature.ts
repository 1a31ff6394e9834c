import type { ChalkInstance } from 'chalk';
import type { SignatureTrace } from '../../model/request.ts';
import { printableLine } from '../safe/escape.ts';

/** How the signature came about: the signed fields in order, their text, and its digest. */
export function explainSignature(trace: SignatureTrace, paint: ChalkInstance): string[] {
	const where = 'field' in trace.into ? `field ${trace.into.field}` : `header ${trace.into.header}`;
	const fields =
		trace.fields.length === 1 && trace.fields[0] === 'body'
			? 'the bytes of the body'
			: `${trace.fields.length} ${trace.fields.length === 1 ? 'field' : 'fields'}, in this order`;
	return [
		paint.bold(`Signature: ${trace.algorithm} → ${where}`),
		`  over ${fields}`,
		...(fields.startsWith('the bytes')
			? []
			: trace.fields.map((field, at) => `  ${String(at + 1).padStart(4)}. ${field}`)),
		`  canonical  ${printableLine(trace.canonical)}`,
		`  signature  ${trace.value}`,
	];
}
