import type { Command } from 'commander';
import { usualTarget } from '../delivery/target.ts';
import type { ExitCode } from '../model/run-event.ts';
import { exitCodesHelp, runExamples } from './help-texts.ts';
import { addCheckFlags } from './options/check-flags.ts';
import { addCommonFlags, addReportFlag } from './options/common-flags.ts';
import { define } from './options/define.ts';
import { deliver } from './options/delivery-flags.ts';
import { addExportFlags } from './options/export-flags.ts';
import {
	addDeliveryFlags,
	addPaceFlags,
	addReplayFlags,
	addResumeFlags,
	addShapingFlags,
	addTargetFlags,
	addWholeFireFlags,
	verboseFlag,
} from './options/fire-flags.ts';
import { alone, text, texts } from './options/flag.ts';
import { addJournalFlag, addJournalFlags } from './options/journal-flags.ts';
import { addRunFlags } from './options/run-flags.ts';

interface CommandDefinition {
	readonly about: string;
	addFlags(command: Command): Command;
	/** What runs it, imported when it is run: of its arguments, its flags and the context. */
	load(): Promise<(...given: never[]) => Promise<ExitCode>>;
}

const [list, show, verify, listen, setUp] = ['List:', 'Show:', 'Verify:', 'Listen:', 'Set up:'];
const [which, replay] = ['Which:', 'Replay:'];
const explained =
	'the signed fields in order, the canonical string, the digest, and what each claim rests on';
const asItWouldBe = 'as it would be with this flag';

/** usage → what it does, which flags it has, what runs it. */
export const commands: Readonly<Record<string, CommandDefinition>> = {
	'list [provider]': {
		about: 'events and their choices, signature, schedule, trust',
		addFlags: (command) =>
			addCommonFlags(
				define(command, alone('--long', 'with every claim: trust, source, note', list)),
			),
		load: async () => (await import('./list.ts')).list,
	},
	'show <event>': {
		about: 'the exact request that fire would send',
		addFlags: (command) => {
			define(
				command,
				alone('--explain', explained, show),
				{ ...text('--print <form>', 'one form alone', show), choices: ['http', 'curl', 'body'] },
				alone('--claims', 'what is claimed about the event, and on what ground', show),
			);
			addTargetFlags(command, `the target (default: ${usualTarget})`);
			return addCommonFlags(addShapingFlags(command));
		},
		load: async () => (await import('./show.ts')).show,
	},
	'fire [event...]': {
		about: "deliver, following each message's schedule",
		addFlags: (command) => {
			addDeliveryFlags(addShapingFlags(addTargetFlags(command)));
			addJournalFlags(addCommonFlags(addWholeFireFlags(command)));
			return addReportFlag(command).addHelpText('after', exitCodesHelp);
		},
		load: async () => (await import('./fire.ts')).fireCommand,
	},
	history: {
		about: 'what was sent, newest first',
		addFlags: (command) => {
			define(
				command,
				text('--ref <id>', 'of one order', which),
				text('--event <event>', 'of one event', which),
				alone('--failed', 'not acknowledged', which),
				text('--since <duration>', 'not longer ago than this: 2h', which),
				text('--show <id>', 'one delivery with its whole exchange', which),
				alone('--prune', 'remove what is beyond 30 days or 64 MB now', which),
			);
			return addJournalFlag(addCommonFlags(command));
		},
		load: async () => (await import('./history.ts')).history,
	},
	'replay [id]': {
		about: 'send what was sent before once more: the same bytes',
		addFlags: (command) => {
			const from = 'a captured callback, in whatever you have it in; - for stdin';
			define(
				command,
				text('--from <file>', from, replay),
				alone('--resign', 'the same fields, signed anew under the key of today', replay),
				alone('--dry-run', 'compose, show, and send nothing', replay),
				verboseFlag,
			);
			addReportFlag(addJournalFlags(addCommonFlags(addReplayFlags(command))));
			return command.addHelpText('after', exitCodesHelp);
		},
		load: async () => (await import('./replay.ts')).replay,
	},
	'resume [id]': {
		about: 'go on with a schedule that was cut off',
		addFlags: (command) => {
			addResumeFlags(define(command, verboseFlag));
			addReportFlag(addJournalFlag(addCommonFlags(command)));
			return command.addHelpText('after', exitCodesHelp);
		},
		load: async () => (await import('./resume.ts')).resume,
	},
	'run [scenario...]': {
		about: 'scenarios with expectations: names, files, folders',
		addFlags: (command) =>
			addReportFlag(addJournalFlags(addCommonFlags(addRunFlags(command))))
				.addHelpText('before', runExamples)
				.addHelpText('after', exitCodesHelp),
		load: async () => (await import('./run.ts')).runCommand,
	},
	'check [provider]': {
		about: 'prove a receiver against the rules',
		addFlags: (command) =>
			addReportFlag(addJournalFlags(addCommonFlags(addCheckFlags(command)))).addHelpText(
				'after',
				exitCodesHelp,
			),
		load: async () => (await import('./check.ts')).check,
	},
	'listen [provider]': {
		about: 'an embedded receiver that verifies and prints what arrives',
		addFlags: (command) => {
			const flags = [
				text('--port <n>', 'default 4747; 0 for any free one', listen),
				text('--host <address>', 'default 127.0.0.1', listen),
				text('--path <path>', 'answer 404 everywhere else', listen),
				text('--answer <statuses>', 'statuses in turn, the last for ever: 500,500,200', listen),
				texts('--answer-for <reference=statuses>', 'the same for one reference', listen),
				text('--delay <duration>', 'before each answer', listen),
				text('--auth <name>', 'digest (default for Transfez: challenge) or none', listen),
				texts('--credential <name=source>', 'a credential, as for fire', listen),
			];
			return addJournalFlags(addCommonFlags(define(command, ...flags)));
		},
		load: async () => (await import('./listen.ts')).listen,
	},
	'verify <provider> [file]': {
		about: 'is this received callback genuine, and if not, why',
		addFlags: (command) => {
			const flags = [
				text('--content-type <type>', 'the input is a bare body of this type', verify),
				alone(
					'--explain',
					'what was signed against what is right, first difference marked',
					verify,
				),
				text(
					'--expect <signature>',
					'explain the signature that your own code computed, for the file or for --event',
					verify,
				),
				text(
					'--event <event>',
					'what --expect is about, without a file; shaped with --set and the like',
					verify,
				),
				texts(
					'--other-key <source>',
					'another key that may have been used: a value, env:VAR or file:PATH',
					verify,
				),
			];
			return addCommonFlags(addShapingFlags(define(command, ...flags)));
		},
		load: async () => (await import('./verify.ts')).verify,
	},
	'init [provider...]': {
		about: 'a project file, a first scenario, and a CI workflow',
		addFlags: (command) =>
			addCommonFlags(
				define(
					command,
					text('--to <url>', `your receiver (default: ${usualTarget})`, setUp),
					text('--ci <kind>', 'a workflow for github or gitlab', setUp),
					text(
						'--exec <command>',
						'how the workflow starts your receiver (default: npm start)',
						setUp,
					),
				),
			),
		load: async () => (await import('./init.ts')).init,
	},
	'export <engine> [event...]': {
		about: 'a load test for an existing engine (artillery)',
		addFlags: addExportFlags,
		load: async () => (await import('./export.ts')).exportCommand,
	},
	config: {
		about: 'every value in force, and where it comes from',
		addFlags: (command) => {
			addTargetFlags(command, asItWouldBe);
			define(
				command,
				text('--retry <schedule>', asItWouldBe, deliver),
				text('--timeout <duration>', asItWouldBe, deliver),
			);
			return addCommonFlags(addPaceFlags(command));
		},
		load: async () => (await import('./config.ts')).config,
	},
	demo: {
		about: 'an embedded receiver that fails twice, and a payment on its schedule',
		addFlags: (command) => addCommonFlags(addPaceFlags(command)),
		load: async () => (await import('./demo.ts')).demo,
	},
};
