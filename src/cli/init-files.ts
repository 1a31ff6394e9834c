import { environmentName } from '../compose/credentials.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';

export const schemaLine = (name: string) =>
	`# yaml-language-server: $schema=./node_modules/callback-simulator/dist/schema/${name}.json\n`;

/** A commented `callsim.yaml` for these providers. */
export function projectText(providers: readonly ProviderFile[], to: string): string {
	const ids = providers.map(({ id }) => id);
	const [first] = providers;
	return `${schemaLine('project')}# What is the same for every callsim command of this project. Stronger: flags, then environment variables.
# "callsim config" shows what is in force, and where it comes from.

# Your receiver. An event may have one of its own: bayarcash/receipt-success: http://…
targets:
${ids.map((id) => `  ${id}: ${targetFor(to, id, ids.length)}`).join('\n')}

# Where the payer's browser comes back (receipts):
# returnTargets:
#   ${ids[0]}: ${new URL('/return', to).href}

# Your own keys, by reference only: env:VARIABLE or file:PATH. Without them callsim signs with its own simulator keys;
# "callsim show <event> --explain" prints those.
# credentials:
${credentialLines(first)}

# More headers for every callback:
# headers:
#   x-forwarded-for: 203.0.113.7

# speed: 100            # how much faster provider time passes, or max: 300 s pass in 3 s
# timeout: 30s          # for one attempt, wall time
# schedule: provider    # or none, 5x300s, 2m,10m,30m

# Values for every callback that carries the field:
# values:
#   ${ids[0]}:
#     payer_email: shop-test@example.com

# What "callsim run" takes when nothing is named:
scenarios: [scenarios]

# How an order of your shop is read and made: for probes in scenarios, and for "callsim check".
# probe: { url: "${new URL('/orders/', to).href}{reference}" }
# setup: { url: "${new URL('/setup/', to).href}{reference}?amount={amount}" }
`;
}

/** Several providers need an address each. */
export function targetFor(to: string, id: string, count: number): string {
	if (count === 1) return to;
	const url = new URL(to);
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${id}`;
	return url.href;
}

function credentialLines(provider: ProviderFile | undefined): string {
	const names = Object.keys(provider?.credentials ?? {});
	if (provider === undefined || names.length === 0) return '#   (this provider signs nothing)';
	return [
		`#   ${provider.id}:`,
		...names.map((name) => `#     ${name}: env:${environmentName(provider.id, name)}`),
	].join('\n');
}

/** Short enough to be understood, long enough to be changed. @param events of the provider */
export function firstScenario(provider: ProviderFile, events: readonly CallbackEvent[]): string {
	const anyEvent = events[0]?.id.slice(provider.id.length + 1) ?? '';
	const { success = anyEvent, failure } = provider.lifecycle ?? {};
	const isSigned = events.some(
		({ id, message }) => id === `${provider.id}/${success}` && message.signature !== undefined,
	);
	const late =
		failure === undefined
			? ''
			: `
  # An older failure, told late: it must not undo anything.
  - fire: ${failure}
    after: 10m                       # provider time: 6 s at --speed 100, nothing at --speed max
    probe: { unchanged: true, ifConfigured: true }
`;
	const forged = isSigned
		? `
  # Somebody who guesses the URL, without the key: nothing happens.
  - fire: ${success}
    wrongKey: true
    retry: none
    expect: { status: [2xx, 4xx] }   # 4xx alone is better: what you acknowledge in silence nobody notices
    probe: { unchanged: true, ifConfigured: true }
`
		: '';
	return `${schemaLine('scenario').replace('./node', '../node')}name: A paid order is paid once, and stays so
provider: ${provider.id}
fresh: true                          # new ids and times for every run; the same ones in every step
# With "probe" and "setup" in callsim.yaml the order is made first, and looked at around every step. Without them only the answers
# are judged, and a receiver that says OK and does nothing passes.
setup: { ifConfigured: true }

steps:${forged}
  - fire: ${success}
    expect: { within: 5s }           # and acknowledged, as the provider counts it
    probe: { changed: true, ifConfigured: true }
    # or by what your shop says: probe: { before: { state: new }, equals: { state: paid } }

  # The same callback again, twice at the same moment: acknowledged, and without another effect.
  - fire: ${success}
    duplicate: 2
    probe: { unchanged: true, ifConfigured: true }
${late}
# More: docs/scenarios.md of callback-simulator
`;
}
