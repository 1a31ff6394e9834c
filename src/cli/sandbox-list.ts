import type { ExitCode } from '../model/run-event.ts';
import { safeJson } from '../report/safe/escape.ts';
import type { FactClaim, SandboxProvider } from '../sandbox/provider.ts';
import type { CliContext } from './cli-context.ts';
import type { SandboxFlags } from './options/sandbox-flags.ts';
import { painterFor } from './paint.ts';

interface Listed {
	readonly kind: string;
	readonly says: string;
	readonly trust: string;
	readonly source?: string | undefined;
	readonly note?: string | undefined;
}

/** Everything that a sandbox does, and on what ground. */
export function sandboxList(
	providers: readonly SandboxProvider[],
	flags: SandboxFlags,
	context: CliContext,
): ExitCode {
	const { stdout } = context;
	const all = providers.map((provider) => ({ id: provider.id, facts: listed(provider) }));
	if (flags.json === true) {
		stdout.write(`${safeJson({ v: 1, sandboxes: all })}\n`);
		return 0;
	}
	const paint = painterFor(stdout, context, flags.color);
	for (const { id, facts } of all) {
		stdout.write(`${paint.bold(id)}: a simulation, not the provider\n`);
		for (const { kind, says, trust, source, note } of facts) {
			const word = trust === 'assumed' ? paint.yellow(trust) : trust;
			const ground = [word, source, note].filter((part) => part !== undefined).join(' · ');
			stdout.write(`  ${kind.padEnd(8)} ${says}\n           ${paint.dim(ground)}\n`);
		}
	}
	return 0;
}

function listed(provider: SandboxProvider): Listed[] {
	const fact = (kind: string, says: string, [trust, source, note]: FactClaim): Listed => ({
		kind,
		says,
		trust: trust ?? 'assumed',
		source: source == null ? undefined : (provider.sources[source]?.url ?? source),
		note: note ?? undefined,
	});
	return [
		...provider.endpoints.map(({ method, paths, title, claim }) =>
			fact('endpoint', `${method} ${paths.join(', ')}: ${title}`, claim),
		),
		...provider.facts.map(({ kind, says, claim }) => fact(kind, says, claim)),
		...Object.entries(provider.variants).map(([name, { title, claim }]) =>
			fact('variant', `--variant ${name}: ${title}`, claim),
		),
		...provider.wrongAddresses.map(({ path, right, claim }) =>
			fact('404', `${path}: it is ${right}`, claim),
		),
	];
}
