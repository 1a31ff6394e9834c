import { laidOut } from '../report/text/layout.ts';
import { type CliContext, inCi } from './cli-context.ts';
import { columnsOf } from './screen.ts';

export interface PagerFlags {
	/** False with --no-pager. */
	readonly pager?: boolean;
}

/** Writes to stdout; what is longer than a person's screen through a pager, as git does. */
export async function writePaged(
	text: string,
	{ pager = true }: PagerFlags,
	{ stdout, env }: CliContext,
): Promise<void> {
	const { PAGER: wanted = 'less', TERM: term } = env;
	const columns = columnsOf(stdout);
	const isPlain = wanted === '' || wanted === 'cat' || term === 'dumb' || inCi(env);
	if (pager && !isPlain && columns !== undefined && stdout.rows !== undefined) {
		const lines = laidOut(text, columns);
		const isLong = lines.split('\n').length > stdout.rows;
		if (isLong && (await (await import('./pager.ts')).throughPager(lines, wanted, env))) return;
	}
	stdout.write(text);
}
