import { Command, Option } from 'commander';
import type { ExitCode } from '../model/run-event.ts';
import {
	addCommonFlags,
	addDeliveryFlags,
	addShapingFlags,
	type CommonFlags,
	type DeliveryFlags,
	type ShapingFlags,
} from './flags.ts';
import type { World } from './world.ts';

export const exitCodesHelp = `
Exit codes:
  0  all as expected           1  the receiver failed
  2  usage or configuration    3  no attempt ever connected
  70 a bug in callsim          130 SIGINT   143 SIGTERM`;

/** The command line. Modules of a command are imported when it runs, so that help and lists start at once. */
export function programOf(world: World, done: (code: ExitCode) => void): Command {
	const program = new Command('callsim')
		.exitOverride()
		.configureOutput({
			writeOut: (text) => world.stdout.write(text),
			writeErr: () => undefined,
			getOutHasColors: () => false,
			getErrHasColors: () => false,
		})
		.configureHelp({ sortSubcommands: false })
		.description('Fires the callbacks of IAK, KHOINS, Transfez and Bayarcash at the receiver on your machine.')
		.version(world.version, '-V, --version')
		.helpCommand('help [command]', 'help for a command')
		.showSuggestionAfterError(true)
		.addHelpText('before', examples)
		.addHelpText('after', exitCodesHelp);

	addCommonFlags(
		program.command('list [provider]').description('events and their choices, seal, schedule, trust'),
	).action(async (provider: string | undefined, flags: CommonFlags) => {
		const { list } = await import('./list.ts');
		done(await list(provider, flags, world));
	});

	const show = addCommonFlags(
		addShapingFlags(program.command('show <event>').description('the exact request that fire would send')),
	);
	show
		.addOption(new Option('--to <url>', 'the target (default: http://localhost:3000/callback)'))
		.addOption(new Option('--return-to <url>', 'where browser messages go (default: --to)'))
		.addOption(
			new Option(
				'--explain',
				'the signed fields in order, the canonical string, the digest, and what each claim rests on',
			),
		)
		.addOption(new Option('--print <form>', 'one form alone').choices(['http', 'curl', 'body']))
		.action(async (event: string, flags: ShapingFlags) => {
			const module = await import('./show.ts');
			done(await module.show(event, flags, world));
		});

	const fire = addCommonFlags(
		addDeliveryFlags(
			addShapingFlags(program.command('fire [event...]').description("deliver, following each message's schedule")),
		),
	);
	fire
		.addOption(new Option('--to <url>', 'your receiver; localhost:3000/cb, :3000/cb and 3000/cb do'))
		.addOption(new Option('--return-to <url>', 'where browser messages go (default: --to)'))
		.addHelpText('after', exitCodesHelp)
		.action(async (events: string[], flags: DeliveryFlags) => {
			const { fireCommand } = await import('./fire.ts');
			done(await fireCommand(events, flags, world));
		});

	addCommonFlags(
		addDeliveryFlags(
			program.command('demo').description('an embedded receiver that fails twice, and a payment on its schedule'),
		),
	).action(async (flags: DeliveryFlags) => {
		const { demo } = await import('./demo.ts');
		done(await demo({ ...noShaping, ...flags }, world));
	});
	return program;
}

/** What `addShapingFlags` would have given, for commands without these flags. */
export const noShaping = {
	set: [],
	add: [],
	unset: [],
	variant: [],
	tamper: [],
	credential: [],
	header: [],
	color: true,
	input: true,
} as const;

const examples = `Examples:
  callsim list                                               what can be sent
  callsim show bayarcash/transaction-success --explain       the exact request, and its checksum
  callsim fire bayarcash/transaction-success --to :3000/cb   deliver it, retries included
  callsim demo                                               see it work, with nothing set up
`;
