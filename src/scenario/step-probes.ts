import type { Problem } from '../model/problem.ts';
import type { ProbeFile, StepFile } from '../model/scenario.ts';
import { defined } from '../settings/layered.ts';

/** A step's probes, completed by the scenario's; `url` and `command` are two ways to one thing. */
export function probesOf(
	{ probe }: StepFile,
	usual: ProbeFile | undefined,
	fault: (more: string, what: string) => Problem,
): ProbeFile[] {
	const own = probe === undefined ? [] : ([probe].flat() as ProbeFile[]);
	return own.map((given, index) => {
		const where = Array.isArray(probe) ? `/${index}` : '';
		const { url, header, command, ...rules } = usual ?? {};
		const source =
			given.url !== undefined || given.command !== undefined
				? {}
				: defined({ url, header, command });
		const whole = { ...rules, ...source, ...given };
		if (whole.url !== undefined && whole.command !== undefined)
			throw fault(where, 'has a url and a command: keep one of them');
		if (
			['before', 'equals', 'changed', 'unchanged'].every(
				(key) => whole[key as keyof ProbeFile] === undefined,
			)
		)
			throw fault(where, 'expects nothing: it needs one of equals, changed, unchanged, before');
		for (const key of ['before', 'equals'] as const)
			if (isEmptyObject(whole[key]))
				throw fault(where, `expects nothing: its ${key} names no value`);
		return whole;
	});
}

const isEmptyObject = (value: unknown): boolean =>
	typeof value === 'object' &&
	value !== null &&
	!Array.isArray(value) &&
	Object.keys(value).length === 0;
