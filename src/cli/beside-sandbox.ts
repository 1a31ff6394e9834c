import type { SandboxPort } from '../engine/sandbox-port.ts';
import type { ExitCode } from '../model/run-event.ts';
import type { PrintFire, Settings } from '../model/settings.ts';
import type { PaymentPort } from '../scenario/run-ports.ts';
import type { CliContext } from './cli-context.ts';
import type { CommandContext } from './command-context.ts';
import { fireLine, fireLineBeside } from './options/print.ts';
import { parsePort, type SandboxPortFlag, usualPort } from './options/sandbox-port-flag.ts';

interface Asked extends SandboxPortFlag {
	/** The whole of it, in which payments are decided. */
	readonly sandbox?: boolean;
}

/** Of what was wrong about what the shop asked: more are the same over and over. */
const mostTold = 3;

/**
 * Work beside a port where the provider's status queries are answered, where one was asked for.
 * @param providers ids of those whose callbacks are sent
 * @throws Problem where it cannot be opened; whatever the work throws
 */
export async function besideSandbox(
	{ sandbox: isWhole = false, sandboxPort = isWhole ? usualPort : undefined }: Asked,
	providers: readonly string[],
	settings: Settings,
	{ context, catalogue }: Pick<CommandContext, 'context' | 'catalogue'>,
	work: (
		context: CliContext,
		print: PrintFire,
		payments: PaymentPort | undefined,
	) => Promise<ExitCode>,
): Promise<ExitCode> {
	if (sandboxPort === undefined) return work(context, fireLine, undefined);
	const port = parsePort(sandboxPort, '--sandbox-port');
	const { openSandboxPort } = await import('../engine/sandbox-port.ts');
	const said = { port, providers, settings, catalogue, isWhole };
	const open = await openSandboxPort(said, context);
	const names = open.providers.join(', ');
	const about = isWhole
		? `a simulation of ${names}, not the provider`
		: `answers status queries of ${names}, of what is sent here`;
	context.stderr.write(`sandbox on ${open.url}: ${about}\n`);
	let code: ExitCode | undefined;
	try {
		code = await work(open.context, fireLineBeside(open.url), open.payments);
		return code;
	} finally {
		await open.close();
		if (code === 0 || code === 1) tellAsked(open, context);
	}
}

/** Where nobody asked, the check of the shop was not what was tried. */
function tellAsked({ calls, url, wasTold }: SandboxPort<CliContext>, { note }: CliContext): void {
	if (calls.length === 0 && wasTold())
		note(`nobody asked ${url}: is that the address where the shop asks the provider?`);
	// Who has found an order knows how to ask: what else is not found was never genuinely sent.
	const hasFound = calls.some(({ order }) => order !== undefined);
	const wrong = calls
		.filter(({ order, provider }) => !hasFound || order !== undefined || provider === undefined)
		.flatMap(({ method, target, notes }) =>
			notes
				.filter((text) => !text.startsWith('note: '))
				.map((text) => `${method} ${target.split('?')[0]}: ${text}`),
		);
	for (const text of [...new Set(wrong)].slice(0, mostTold)) note(`the shop asked ${text}`);
}
