/** What help says of a command beside its flags. */
interface CommandHelp {
	/** Lines to type, and what they are for. */
	readonly examples: readonly (readonly [line: string, about: string])[];
	/** The flags that most need, where there are many; `--help all` tells the others. */
	readonly usual?: readonly string[];
	/** False where no variable such as CALLSIM_TO stands in for a flag; or when one does. */
	readonly readsSettings?: false | string;
	/** Whether its exit code says how a receiver did. */
	readonly judges?: true;
}

const shaping = ['to', 'ref', 'amount', 'set', 'fresh', 'encoding'];

export const commandHelp: Readonly<Record<string, CommandHelp>> = {
	list: {
		examples: [
			['callsim list', 'what can be sent, a line an event'],
			['callsim list bayarcash', 'one provider whole: choices, schedules, scenarios'],
			['callsim list iak --json', 'for a program'],
		],
	},
	show: {
		examples: [
			['callsim show iak/pulsa-success', 'the request as it will be sent'],
			['callsim show iak/pulsa-success --explain', 'and how its signature is made'],
			['callsim show iak/pulsa-success --print curl', 'the same for a shell'],
		],
		usual: [...shaping, 'variant', 'explain', 'print', 'json'],
	},
	fire: {
		examples: [
			['callsim fire iak/pulsa-success --to :3000/cb', 'deliver it, retries included'],
			['callsim fire iak/process --set price=5000', 'with a value of yours'],
			['callsim fire iak/pulsa-success --order last', 'the next message about it'],
		],
		usual: [...shaping, 'order', 'retry', 'speed', 'verbose'],
		judges: true,
	},
	history: {
		examples: [
			['callsim history', 'the last deliveries'],
			['callsim history --failed --since 2h', 'what went wrong lately'],
			['callsim history --show <id>', 'one with its whole exchange'],
		],
	},
	replay: {
		examples: [
			['callsim replay last', 'the last one, byte for byte'],
			['callsim replay <id> --to :4000/cb', 'one of them, elsewhere'],
			['callsim replay --from captured.txt --to :3000/cb', 'what a provider sent'],
		],
		readsSettings: 'with --from',
		usual: ['from', 'resign', 'to', 'retry', 'speed', 'timeout', 'dryRun', 'verbose', 'json'],
		judges: true,
	},
	resume: {
		examples: [
			['callsim resume', 'go on with what was cut off last'],
			['callsim resume <id> --real-time', 'one of them, as slowly as the provider'],
		],
		readsSettings: false,
		judges: true,
	},
	run: {
		examples: [
			['callsim run bayarcash/payment --to :3000/cb', 'a scenario that comes along'],
			['callsim run scenarios/ --exec "npm start"', 'yours; starts the receiver'],
			['callsim run --report junit=out.xml', 'what callsim.yaml names, for CI'],
		],
		usual: ['to', 'returnTo', 'exec', 'waitFor', 'only', 'jobs', 'bail', 'seed', 'speed', 'report'],
		judges: true,
	},
	check: {
		examples: [
			['callsim check iak --to :3000/cb', 'against every rule'],
			['callsim check iak --only duplicate,late-failure', 'against two of them'],
			['callsim check --explain duplicate', 'what a rule is about'],
		],
		usual: [
			...[
				'to',
				'probeUrl',
				'setupUrl',
				'orders',
				'only',
				'skip',
				'failOn',
				'list',
				'explain',
				'verbose',
			],
			'exec',
		],
		judges: true,
	},
	burst: {
		examples: [
			['callsim burst iak/pulsa-success --to :3000/cb', 'a thousand different'],
			['callsim burst iak/process --rate 500/s --duration 1m', 'so many a second'],
		],
		usual: [
			...['to', 'count', 'connections', 'rate', 'duration', 'mix', 'duplicates', 'shuffle'],
			...['bail', 'json'],
		],
		judges: true,
	},
	sandbox: {
		examples: [
			['callsim sandbox bayarcash', 'on port 4848'],
			['callsim sandbox --exec "npm start"', 'with your shop, which gets its address'],
			['callsim sandbox --list', 'what it answers, and how sure that is'],
		],
	},
	listen: {
		examples: [
			['callsim listen', 'on port 4747, whatever arrives'],
			['callsim listen bayarcash --answer 500,500,200', 'refuse twice, then accept'],
			['callsim listen iak --port 0 --json', 'any free port, for a program'],
		],
	},
	verify: {
		examples: [
			['callsim verify bayarcash received.txt', 'genuine, or why not'],
			['pbpaste | callsim verify iak -', 'what was copied'],
			['callsim verify iak a.json --content-type application/json', 'a bare body'],
		],
		usual: ['contentType', 'explain', 'expect', 'event', 'otherKey', 'credential', 'json'],
		judges: true,
	},
	init: {
		examples: [
			['callsim init', 'asks what it has to know'],
			['callsim init bayarcash --to :3000/cb', 'the same without questions'],
		],
		readsSettings: false,
	},
	export: {
		examples: [
			['callsim export artillery iak/pulsa-success --to :3000/cb', 'a load test'],
			['callsim export artillery iak/process --rate 50', '50 a second'],
		],
		usual: ['rate', 'duration', 'out', ...shaping, 'credential'],
	},
	config: {
		examples: [
			['callsim config', 'what is in force here, and why'],
			['callsim config --json', 'for a program'],
		],
	},
	completion: {
		examples: [
			['source <(callsim completion bash)', 'in ~/.bashrc'],
			['source <(callsim completion zsh)', 'in ~/.zshrc, behind compinit'],
			['callsim completion fish | source', 'in ~/.config/fish/config.fish'],
		],
	},
	demo: {
		examples: [
			['callsim demo', 'a payment that is refused twice, in a few seconds'],
			['callsim demo --speed max', 'at once'],
		],
		readsSettings: false,
	},
};
