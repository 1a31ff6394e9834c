import type { Case, Suite } from './run-report.ts';
import { plainLine, plainText } from './safe/plain.ts';

export interface CasePlace {
	readonly file: string;
	readonly line?: number | undefined;
}

/** Where a case stands: its own line where it is known, else that of its scenario. */
export function casePlace(one: Case, suite: Suite): CasePlace | undefined {
	if (one.file !== undefined) return { file: one.file, line: one.line };
	return suite.file === undefined ? undefined : { file: suite.file, line: suite.line };
}

/** `scenarios/paid.json:12` */
export function placeText({ file, line }: CasePlace): string {
	return plainLine(line === undefined ? file : `${file}:${line}`);
}

/** Everything that is known of a case, for people who read a report as text. */
export function caseText(one: Case, suite: Suite): string {
	const place = casePlace(one, suite);
	return [
		plainText(one.message),
		...labelled('expected', one.expected),
		...labelled('got', one.got),
		...(place === undefined ? [] : [`at: ${placeText(place)}`]),
		...one.details.map(plainText),
		...labelled('reproduce', one.reproduce),
	].join('\n');
}

function labelled(label: string, text: string | undefined): string[] {
	if (text === undefined || text === '') return [];
	const plain = plainText(text);
	return [plain.includes('\n') ? `${label}:\n${plain}` : `${label}: ${plain}`];
}
