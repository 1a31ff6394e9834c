import { type Command, Option } from 'commander';
import type { ExitCode } from '../model/run-event.ts';
import type { CliContext } from './cli-context.ts';
import type { ConfigFlags } from './config.ts';
import type { FireFlags } from './fire.ts';
import { exitCodesHelp, runExamples } from './help-texts.ts';
import type { InitFlags } from './init.ts';
import type { ListFlags } from './list.ts';
import type { ListenFlags } from './listen.ts';
import { addCheckFlags, type CheckFlags } from './options/check-flags.ts';
import { addCommonFlags, addReportFlag, type CommonFlags } from './options/common-flags.ts';
import { each } from './options/define.ts';
import { addExportFlags, type ExportFlags } from './options/export-flags.ts';
import {
	addDeliveryFlags,
	addPaceFlags,
	addShapingFlags,
	addTargetFlags,
	addWholeFireFlags,
} from './options/fire-flags.ts';
import { addRunFlags, type RunFlags } from './options/run-flags.ts';
import type { ShowFlags } from './show.ts';
import type { VerifyFlags } from './verify.ts';

export type Done = (code: ExitCode) => void;

interface CommandDefinition {
	readonly about: string;
	define(command: Command, context: CliContext, done: Done): void;
}

/** usage → what it does, and which flags it has. Modules of a command are imported when it runs. */
export const commands: Readonly<Record<string, CommandDefinition>> = {
	'list [provider]': {
		about: 'events and their choices, signature, schedule, trust',
		define: defineList,
	},
	'show <event>': { about: 'the exact request that fire would send', define: defineShow },
	'fire [event...]': { about: "deliver, following each message's schedule", define: defineFire },
	'run [scenario...]': {
		about: 'scenarios with expectations: names, files, folders',
		define: defineRun,
	},
	'check [provider]': { about: 'prove a receiver against the rules', define: defineCheck },
	'listen [provider]': {
		about: 'an embedded receiver that verifies and prints what arrives',
		define: defineListen,
	},
	'verify <provider> [file]': {
		about: 'is this received callback genuine, and if not, why',
		define: defineVerify,
	},
	'init [provider...]': {
		about: 'a project file, a first scenario, and a CI workflow',
		define: defineInit,
	},
	'export <engine> [event...]': {
		about: 'a load test for an existing engine (artillery)',
		define: defineExport,
	},
	config: { about: 'every value in force, and where it comes from', define: defineConfig },
	demo: {
		about: 'an embedded receiver that fails twice, and a payment on its schedule',
		define: defineDemo,
	},
};

function defineList(command: Command, context: CliContext, done: Done): void {
	command.addOption(
		new Option('--long', 'with every claim: trust, source, note').helpGroup('List:'),
	);
	addCommonFlags(command).action(async (provider: string | undefined, flags: ListFlags) => {
		const { list } = await import('./list.ts');
		done(await list(provider, flags, context));
	});
}

function defineShow(command: Command, context: CliContext, done: Done): void {
	const explain =
		'the signed fields in order, the canonical string, the digest, and what each claim rests on';
	command.addOption(new Option('--explain', explain).helpGroup('Show:'));
	command.addOption(
		new Option('--print <form>', 'one form alone')
			.choices(['http', 'curl', 'body'])
			.helpGroup('Show:'),
	);
	command.addOption(
		new Option('--claims', 'what is claimed about the event, and on what ground').helpGroup(
			'Show:',
		),
	);
	addTargetFlags(command, 'the target (default: http://localhost:3000/callback)');
	addCommonFlags(addShapingFlags(command)).action(async (event: string, flags: ShowFlags) => {
		const { show } = await import('./show.ts');
		done(await show(event, flags, context));
	});
}

function defineFire(command: Command, context: CliContext, done: Done): void {
	addTargetFlags(command);
	addReportFlag(addCommonFlags(addWholeFireFlags(addDeliveryFlags(addShapingFlags(command)))))
		.addHelpText('after', exitCodesHelp)
		.action(async (events: string[], flags: FireFlags) => {
			const { fireCommand } = await import('./fire.ts');
			done(await fireCommand(events, flags, context));
		});
}

function defineRun(command: Command, context: CliContext, done: Done): void {
	addReportFlag(addCommonFlags(addRunFlags(command)))
		.addHelpText('before', runExamples)
		.addHelpText('after', exitCodesHelp)
		.action(async (scenarios: string[], flags: RunFlags) => {
			const { runCommand } = await import('./run.ts');
			done(await runCommand(scenarios, flags, context));
		});
}

function defineCheck(command: Command, context: CliContext, done: Done): void {
	addReportFlag(addCommonFlags(addCheckFlags(command)))
		.addHelpText('after', exitCodesHelp)
		.action(async (provider: string | undefined, flags: CheckFlags) => {
			const { check } = await import('./check.ts');
			done(await check(provider, flags, context));
		});
}

function defineVerify(command: Command, context: CliContext, done: Done): void {
	const group = 'Verify:';
	const option = (flags: string, text: string) =>
		command.addOption(new Option(flags, text).helpGroup(group));
	option('--content-type <type>', 'the input is a bare body of this type');
	option('--explain', 'what was signed against what is right, first difference marked');
	option(
		'--expect <signature>',
		'explain the signature that your own code computed for --event instead',
	);
	option('--event <event>', 'the event of --expect, shaped with --set and the like');
	command.addOption(
		new Option(
			'--other-key <source>',
			'another key that may have been used: a value, env:VAR or file:PATH',
		)
			.argParser<readonly string[]>(each)
			.helpGroup(group),
	);
	addCommonFlags(addShapingFlags(command)).action(
		async (provider: string, file: string | undefined, flags: VerifyFlags) => {
			const { verify } = await import('./verify.ts');
			done(await verify(provider, file, flags, context));
		},
	);
}

function defineListen(command: Command, context: CliContext, done: Done): void {
	const group = 'Listen:';
	const option = (flags: string, text: string) =>
		command.addOption(new Option(flags, text).helpGroup(group));
	option('--port <n>', 'default 4747; 0 for any free one');
	option('--host <address>', 'default 127.0.0.1');
	option('--path <path>', 'answer 404 everywhere else');
	option('--answer <statuses>', 'statuses in turn, the last for ever: 500,500,200');
	command.addOption(
		new Option('--answer-for <reference=statuses>', 'the same for one reference')
			.argParser<readonly string[]>(each)
			.helpGroup(group),
	);
	option('--delay <duration>', 'before each answer');
	option('--auth <name>', 'digest (default for Transfez: challenge) or none');
	command.addOption(
		new Option('--credential <name=source>', 'a credential, as for fire')
			.argParser<readonly string[]>(each)
			.helpGroup(group),
	);
	addCommonFlags(command).action(async (provider: string | undefined, flags: ListenFlags) => {
		const { listen } = await import('./listen.ts');
		done(await listen(provider, flags, context));
	});
}

function defineInit(command: Command, context: CliContext, done: Done): void {
	const group = 'Set up:';
	const option = (flags: string, text: string) =>
		command.addOption(new Option(flags, text).helpGroup(group));
	option('--to <url>', 'your receiver (default: http://localhost:3000/callback)');
	option('--ci <kind>', 'a workflow for github or gitlab');
	option('--exec <command>', 'how the workflow starts your receiver (default: npm start)');
	addCommonFlags(command).action(async (providers: string[], flags: InitFlags) => {
		const { init } = await import('./init.ts');
		done(await init(providers, flags, context));
	});
}

function defineConfig(command: Command, context: CliContext, done: Done): void {
	addTargetFlags(command, 'as it would be with this flag');
	command.addOption(
		new Option('--retry <schedule>', 'as it would be with this flag').helpGroup('Deliver it:'),
	);
	command.addOption(
		new Option('--timeout <duration>', 'as it would be with this flag').helpGroup('Deliver it:'),
	);
	addCommonFlags(addPaceFlags(command)).action(async (flags: ConfigFlags) => {
		const { config } = await import('./config.ts');
		done(await config(flags, context));
	});
}

function defineDemo(command: Command, context: CliContext, done: Done): void {
	addCommonFlags(addPaceFlags(command)).action(async (flags: CommonFlags) => {
		const { demo } = await import('./demo.ts');
		done(await demo(flags, context));
	});
}

function defineExport(command: Command, context: CliContext, done: Done): void {
	addExportFlags(command).action(async (engine: string, events: string[], flags: ExportFlags) => {
		const { exportCommand } = await import('./export.ts');
		done(await exportCommand(engine, events, flags, context));
	});
}
