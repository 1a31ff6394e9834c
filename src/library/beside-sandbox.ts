import type { Catalogue } from '../catalogue/catalogue.ts';
import { fireLine, fireLineBeside } from '../cli/options/print.ts';
import { Problem } from '../model/problem.ts';
import type { PrintFire, Settings } from '../model/settings.ts';
import type { PaymentPort } from '../scenario/run-ports.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import type { SandboxPortOptions } from './types.ts';

interface Asked extends SandboxPortOptions {
	readonly sandbox?: boolean;
}

/**
 * Work beside a port where the provider's status queries are answered, where one was asked for.
 * @param providers ids of those whose callbacks are sent
 * @throws Problem where it cannot be opened; whatever the work throws
 */
export async function besideSandbox<T>(
	{ sandbox: isWhole = false, sandboxPort = isWhole ? 0 : undefined, onSandbox }: Asked,
	providers: readonly string[],
	settings: Settings,
	catalogue: Catalogue,
	context: EngineContext,
	work: (context: EngineContext, print: PrintFire, payments: PaymentPort | undefined) => Promise<T>,
): Promise<T> {
	if (sandboxPort === undefined) return work(context, fireLine, undefined);
	if (!Number.isInteger(sandboxPort) || sandboxPort < 0 || sandboxPort > 65_535)
		throw new Problem('usage', `sandboxPort ${sandboxPort} is not a port`, {
			hint: 'Use 1 to 65535, or 0 for any free one.',
		});
	const { openSandboxPort } = await import('../engine/sandbox-port.ts');
	const said = { port: sandboxPort, providers, settings, catalogue, isWhole };
	const open = await openSandboxPort(said, context);
	try {
		onSandbox?.(open.url);
		return await work(open.context, fireLineBeside(open.url), open.payments);
	} finally {
		await open.close();
	}
}
