import type { Sink } from '../cli-context.ts';
import { columnsOf } from '../screen.ts';

/** The command line that does the same, on a line of its own where it does not fit. */
export function equalLine(line: string, stderr: Sink): string {
	const text = `the same without questions: ${line}\n`;
	return text.length <= (columnsOf(stderr) ?? text.length) ? text : text.replace(': ', ':\n  ');
}
