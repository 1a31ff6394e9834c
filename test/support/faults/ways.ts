import { type CliOptions, type CliResult, callsim, type Json, jsonLines } from '../run-cli.ts';
import { folderWith } from '../scenario-cli.ts';

/** What came of every callback of one command. */
export interface Told extends CliResult {
	/** Kind of each outcome with its phase, cause or status, as in `broken reset`. */
	readonly outcomes: readonly string[];
}

/** One way on which a callback is delivered. */
export interface Way {
	readonly name: string;
	/** Whether it signs in, and so may send a callback twice. */
	readonly isDigest: boolean;
	/** Most callbacks that are sent on one connection. */
	readonly most: number;
	/** @param flags with `--count` where `most` is more than one */
	send(to: string, flags: readonly string[], options?: CliOptions): Promise<Told>;
}

const plain = 'bayarcash/transaction-success';
const digest = 'transfez/transaction-completed';
const scenario = 'name: one\nprovider: bayarcash\nsteps: [{ fire: transaction-success }]\n';

const word = ({ kind, status, phase, cause }: Json) =>
	[kind, status ?? phase ?? cause].filter((part) => part !== undefined).join(' ');

const attempts = (result: CliResult): Told => ({
	...result,
	outcomes: jsonLines(result.stdout)
		.filter(({ type }) => type === 'attempt')
		.map((attempt) => word(attempt['outcome'] as Json)),
});

/** A burst counts: its texts, and what they are called where each attempt is told. */
const endings: Readonly<Record<string, string>> = {
	'connection refused': 'unreachable refused',
	'name not found': 'unreachable name-not-found',
	'no route': 'unreachable no-route',
	'TLS failed': 'unreachable tls',
	'connection reset': 'broken reset',
	'not an HTTP answer': 'broken malformed',
	'no answer, connection closed': 'broken closed',
	'timed out (no connection)': 'timed-out connect',
	'timed out (no answer)': 'timed-out headers',
	'timed out (no end of the answer)': 'timed-out body',
};

function counted(result: CliResult): Told {
	const summary = jsonLines(result.stdout).at(-1) ?? {};
	const all: [string, unknown][] = [
		...Object.entries((summary['endings'] ?? {}) as Json),
		['status 200', summary['acknowledged']],
	];
	const outcomes = all.flatMap(([text, count]) =>
		Array<string>(Number(count)).fill(
			endings[text] ?? text.replace(/^status (\d+).*/, 'answered $1'),
		),
	);
	return { ...result, outcomes };
}

const fire =
	(event: string): Way['send'] =>
	async (to, flags, options) =>
		attempts(await callsim(['fire', event, '--to', to, ...flags], options));

const run: Way['send'] = async (to, flags, options) =>
	attempts(
		await folderWith({ 'one.yaml': scenario }).callsim(
			['run', 'one.yaml', '--to', to, ...flags],
			options,
		),
	);

const burst =
	(event: string): Way['send'] =>
	async (to, flags, options) =>
		counted(
			await folderWith({}).callsim(
				['burst', event, '--to', to, '--connections', '1', ...flags],
				options,
			),
		);

/** A new way joins by an entry. */
export const ways: readonly Way[] = [
	{ name: 'fire', isDigest: false, most: 1, send: fire(plain) },
	{ name: 'run', isDigest: false, most: 1, send: run },
	{ name: 'digest', isDigest: true, most: 1, send: fire(digest) },
	{ name: 'burst', isDigest: false, most: 3, send: burst(plain) },
	{ name: 'digest burst', isDigest: true, most: 3, send: burst(digest) },
];

/** What keeps a process from ending: connections, timers, questions to a name server. */
export const held = (): string[] =>
	process
		.getActiveResourcesInfo()
		.filter((name) =>
			/^(TCPSocketWrap|TCPConnectWrap|TLSWrap|Timeout|GetAddrInfoReqWrap)$/.test(name),
		)
		.sort();
