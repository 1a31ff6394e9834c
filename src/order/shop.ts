import type { ConnectionOptions } from '../delivery/http.ts';
import { commandShop } from './command-shop.ts';
import { functionShop } from './function-shop.ts';
import type { OrderPort } from './port.ts';
import type { CommandPlace } from './run-command.ts';
import { type ReadHeaders, urlShop } from './url-shop.ts';

/** The receiver's shop, in whichever way an order is to be made or read. */
export function shopOf(
	options: ConnectionOptions,
	userAgent: string,
	place: CommandPlace,
	readHeaders: ReadHeaders,
): OrderPort {
	const overUrl = urlShop(options, userAgent, readHeaders);
	const byCommand = commandShop(options, place);
	const byFunction = functionShop(options.signal);
	return {
		make(access, order) {
			if (access.kind === 'url') return overUrl.make(access, order);
			return access.kind === 'command'
				? byCommand.make(access, order)
				: byFunction.make(access, order);
		},
		read(access, order) {
			if (access.kind === 'url') return overUrl.read(access, order);
			return access.kind === 'command'
				? byCommand.read(access, order)
				: byFunction.read(access, order);
		},
	};
}
