import type { Command } from 'commander';
import { Problem } from '../model/problem.ts';
import { givenValues } from './given-values.ts';

/** Texts that may rightly begin and end with quotes, or that say it in words of their own. */
const free = new Set([
	...['body', 'exec', 'probeCommand', 'setupCommand', 'credential', 'otherKey', 'expect'],
	...['to', 'returnTo', 'header', 'probeHeader', 'setupHeader'],
]);

/**
 * cmd.exe hands single quotes on, and a script may quote twice: the name of an event, a field or an
 * order does not begin and end with the same quote.
 * @throws Problem `usage`
 */
export function refuseQuoted(command: Command): void {
	for (const { flag, name, value } of givenValues(command)) {
		if (flag !== undefined && free.has(flag)) continue;
		const quoted = [value].flat().map((text) => /^(['"`])(.+)\1$/s.exec(String(text ?? '')));
		const [, , inner] = quoted.find((match) => match !== null) ?? [];
		if (inner === undefined) continue;
		// A value that is assigned may be anything.
		const shown = inner.replace(/=.*$/s, '=…').slice(0, 80);
		throw new Problem('usage', `${name} has quotes of its own around ${shown}`, {
			hint: 'Leave them out, or use double ones: cmd.exe passes single quotes on. A value that has them goes behind --set path=value.',
		});
	}
}
