import type { ConnectionOptions } from '../delivery/http.ts';
import type { CommandAccess } from './access.ts';
import type { OrderPort } from './port.ts';
import { type CommandPlace, runShell } from './run-command.ts';
import { stateOf } from './state.ts';

/** A shop that is reached with commands: what one prints is the order. */
export function commandShop(
	options: ConnectionOptions,
	place: CommandPlace,
): OrderPort<CommandAccess> {
	return {
		async make({ command }) {
			const { code, output } = await runShell(command, options.timeout, place, options.signal);
			return code === 0 ? { answer: output } : { why: failureText(code, output) };
		},
		async read({ command }, order) {
			const { code, output } = await runShell(command, options.timeout, place, options.signal);
			return code === 0
				? stateOf(output, order)
				: { kind: 'unreadable', why: failureText(code, output) };
		},
	};
}

const mostSaid = 200;

function failureText(code: number | string, output: string): string {
	const end =
		typeof code === 'number' ? `the command ended with ${code}` : `the command had ${code}`;
	const said = output.trim();
	if (said === '') return end;
	// The sign is what a mask goes by: the beginning of a key may be the last of what is left.
	return `${end}: ${said.length > mostSaid ? `${said.slice(0, mostSaid)}…` : said}`;
}
