import { resolve } from 'node:path';
import { Problem } from '../model/problem.ts';
import { didYouMean } from '../model/suggest.ts';
import { type ReportFormat, reportFormats } from '../report/formats.ts';

import type { CliContext } from './cli-context.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** One report that was asked for; without a path it goes to stdout. */
export interface ReportRequest {
	readonly format: ReportFormat;
	readonly path: string | undefined;
}

/** `format` or `format=path`; a CI's own comes by itself. @throws Problem `report-invalid` */
export function reportRequests(given: readonly string[], json: boolean, env: Env): ReportRequest[] {
	const asked = given.map(parseRequest);
	const [first, second] = asked.filter(takesStdout);
	if (first !== undefined && second !== undefined)
		throw clash(first, `--report ${second.format.name}`);
	if (first !== undefined && json) throw clash(first, '--json');
	refuseSameFile(asked);
	const automatic = reportFormats
		.filter(({ ci }) => ci !== undefined && env[ci.present] === 'true')
		.filter((format) => !asked.some((request) => request.format === format));
	return [...asked, ...automatic.map((format) => ({ format, path: undefined }))];
}

/** The second would write over the first. */
function refuseSameFile(asked: readonly ReportRequest[]): void {
	const seen = new Map<string, ReportFormat>();
	for (const { format, path } of asked) {
		if (path === undefined) continue;
		const other = seen.get(resolve(path));
		if (other !== undefined)
			throw new Problem(
				'report-invalid',
				`--report ${other.name} and ${format.name} both want the file "${path}"`,
				{ hint: `Give each its own: ${exampleOf(format)}` },
			);
		seen.set(resolve(path), format);
	}
}

/** Whether it stands in place of the text. */
export const takesStdout = ({ format, path }: ReportRequest): boolean =>
	path === undefined && format.ci === undefined;

const exampleOf = ({ name, extension }: ReportFormat): string =>
	`--report ${name}=reports/callsim.${extension}`;

/** A page that is printed at somebody is of no use to anybody. @throws Problem `report-invalid` */
export function refusePage(
	requests: readonly ReportRequest[],
	{ stdout }: Pick<CliContext, 'stdout'>,
): void {
	const page = requests.find((request) => takesStdout(request) && request.format.name === 'html');
	if (page === undefined || stdout.isTTY !== true) return;
	throw new Problem('report-invalid', '--report html would print the whole page on this terminal', {
		hint: `Give it a file: ${exampleOf(page.format)}`,
	});
}

function clash({ format }: ReportRequest, other: string): Problem {
	return new Problem('report-invalid', `--report ${format.name} and ${other} both want stdout`, {
		hint: `Give it a file: ${exampleOf(format)}`,
	});
}

function parseRequest(text: string): ReportRequest {
	const equals = text.indexOf('=');
	const name = equals < 0 ? text : text.slice(0, equals);
	const format = reportFormats.find((known) => known.name === name);
	if (format === undefined) {
		const names = reportFormats.map((known) => known.name);
		throw new Problem('report-invalid', `--report "${name}" is no kind of report`, {
			hint: didYouMean(name, names) ?? `Kinds: ${names.join(', ')}.`,
		});
	}
	const path = equals < 0 ? undefined : text.slice(equals + 1);
	if (path === '')
		throw new Problem('report-invalid', `--report ${name}= names no file`, {
			hint: `Write ${exampleOf(format)}`,
		});
	return { format, path: path === '-' ? undefined : path };
}
