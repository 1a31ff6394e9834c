import { parse } from 'junit2json';
import { type FinalResults, Parser } from 'tap-parser';

export interface JUnitCase {
	readonly suite: string;
	readonly name: string;
	readonly verdict: 'passed' | 'failure' | 'error' | 'skipped';
	readonly text: string;
}

/** Read with a parser that is not ours. */
export async function junitCases(xml: string): Promise<JUnitCase[]> {
	const root = (await parse(xml, {})) as { testsuite?: readonly Suite[] } | undefined;
	return (root?.testsuite ?? []).flatMap(({ name, testcase = [] }) =>
		testcase.map((one) => {
			const verdict =
				(['failure', 'error', 'skipped'] as const).find((kind) => one[kind] !== undefined) ??
				'passed';
			return { suite: String(name), name: String(one['name']), verdict, text: JSON.stringify(one) };
		}),
	);
}

interface Suite {
	readonly name?: unknown;
	readonly testcase?: readonly Record<string, unknown>[];
}

/** The points of the outer level and whether all is well, read with tap-parser. */
export function tapResults(
	tap: string,
): Promise<{ ok: boolean; points: { ok: boolean; name: string }[]; bailout: string }> {
	return new Promise((resolve) => {
		const points: { ok: boolean; name: string }[] = [];
		const parser = new Parser({ strict: true }, ({ ok, bailout }: FinalResults) =>
			resolve({ ok, points, bailout: typeof bailout === 'string' ? bailout : '' }),
		);
		parser.on('assert', ({ ok, name }: { ok: boolean; name: string }) => points.push({ ok, name }));
		parser.end(tap);
	});
}
