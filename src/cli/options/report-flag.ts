import type { Command } from 'commander';
import { formatNames } from '../../report/formats.ts';
import { define } from './define.ts';
import { texts } from './flag.ts';
import { group } from './reading-flags.ts';

/** Reports beside what is told: `junit=path`, `github`, … */
export interface ReportFlags {
	readonly report?: readonly string[];
}

/** @param names of the kinds that the command has */
export function addReportFlag(command: Command, names = formatNames()): Command {
	const about = `${names}, into a file; without one the report takes the place of the text on stdout`;
	return define(command, texts('--report <kind[=path]>', about, group));
}
