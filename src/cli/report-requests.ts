import { Problem } from '../model/problem.ts';
import { didYouMean } from '../model/suggest.ts';

export const reportKinds = ['junit', 'tap', 'github', 'json', 'har', 'html'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** One report that was asked for; without a path it goes to stdout. */
export interface ReportRequest {
	readonly kind: ReportKind;
	readonly path: string | undefined;
}

/**
 * `kind`, or `kind=path`. On GitHub Actions its annotations come by themselves.
 *
 * @throws Problem `report-invalid`
 */
export function reportRequests(
	given: readonly string[],
	json: boolean,
	env: Readonly<Record<string, string | undefined>>,
): ReportRequest[] {
	const asked = given.map(parsed);
	const onStdout = asked.filter(({ kind, path }) => path === undefined && kind !== 'github');
	const [first, second] = onStdout;
	const clash = (other: string) =>
		new Problem('report-invalid', `--report ${first?.kind} and ${other} both want stdout`, {
			hint: `Give it a file: --report ${first?.kind}=reports/callsim.${extensions[first?.kind ?? 'junit']}`,
		});
	if (first !== undefined && second !== undefined) throw clash(`--report ${second.kind}`);
	if (first !== undefined && json) throw clash('--json');
	const automatic = env['GITHUB_ACTIONS'] === 'true' && !asked.some(({ kind }) => kind === 'github');
	return automatic ? [...asked, { kind: 'github', path: undefined }] : asked;
}

const extensions: Readonly<Record<ReportKind, string>> = {
	junit: 'xml',
	tap: 'tap',
	github: 'txt',
	json: 'json',
	har: 'har',
	html: 'html',
};

function parsed(text: string): ReportRequest {
	const equals = text.indexOf('=');
	const name = equals < 0 ? text : text.slice(0, equals);
	const kind = reportKinds.find((known) => known === name);
	if (kind === undefined)
		throw new Problem('report-invalid', `--report "${name}" is no kind of report`, {
			hint: didYouMean(name, reportKinds) ?? `Kinds: ${reportKinds.join(', ')}.`,
		});
	const path = equals < 0 ? undefined : text.slice(equals + 1);
	if (path === '')
		throw new Problem('report-invalid', `--report ${kind}= names no file`, {
			hint: `Write --report ${kind}=reports/callsim.${extensions[kind]}`,
		});
	return { kind, path: path === '-' ? undefined : path };
}
