import type { ConnectionOptions } from '../delivery/http.ts';
import type { CommandAccess } from './access.ts';
import type { OrderPort } from './port.ts';
import { type CommandPlace, runCommand } from './run-command.ts';
import { stateOf } from './state.ts';

/** A shop that is reached with commands: what one prints is the order. */
export function commandShop({ timeout, signal }: ConnectionOptions, place: CommandPlace): OrderPort<CommandAccess> {
	return {
		async make({ command }) {
			const { code, output } = await runCommand(command, timeout, place, signal);
			return code === 0 ? undefined : failureText(code, output);
		},
		async read({ command }, order) {
			const { code, output } = await runCommand(command, timeout, place, signal);
			return code === 0 ? stateOf(output, order) : { kind: 'unreadable', why: failureText(code, output) };
		},
	};
}

function failureText(code: number | string, output: string): string {
	const end = typeof code === 'number' ? `the command ended with ${code}` : `the command had ${code}`;
	return output.trim() === '' ? end : `${end}: ${output.trim().slice(0, 200)}`;
}
