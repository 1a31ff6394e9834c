import type { Command } from 'commander';
import type { ExitCode } from '../model/run-event.ts';

interface CommandDefinition {
	readonly about: string;
	flags(): Promise<(command: Command) => Command>;
	/** What runs it: of its arguments, its flags and the context. */
	load(): Promise<(...given: never[]) => Promise<ExitCode>>;
}

/** `list [provider]` → `list` */
export const commandIn = (usage: string): string => usage.split(' ')[0] ?? usage;

/** Usage → what it does, its flags, what runs it: both imported for the command that is meant. */
export const commands: Readonly<Record<string, CommandDefinition>> = {
	'list [provider]': {
		about: 'events and their choices, signature, schedule, trust',
		flags: async () => (await import('./options/list-flags.ts')).addListFlags,
		load: async () => (await import('./list.ts')).list,
	},
	'show <event>': {
		about: 'the exact request that fire would send',
		flags: async () => (await import('./options/show-flags.ts')).addShowFlags,
		load: async () => (await import('./show.ts')).show,
	},
	'fire [event...]': {
		about: "deliver, following each message's schedule",
		flags: async () => (await import('./options/fire-flags.ts')).addFireFlags,
		load: async () => (await import('./fire.ts')).fireCommand,
	},
	history: {
		about: 'what was sent, newest first',
		flags: async () => (await import('./options/history-flags.ts')).addHistoryFlags,
		load: async () => (await import('./history.ts')).history,
	},
	'replay [id]': {
		about: 'send what was sent before once more: the same bytes',
		flags: async () => (await import('./options/replay-flags.ts')).addReplayFlags,
		load: async () => (await import('./replay.ts')).replay,
	},
	'resume [id]': {
		about: 'go on with a schedule that was cut off',
		flags: async () => (await import('./options/resume-flags.ts')).addResumeFlags,
		load: async () => (await import('./resume.ts')).resume,
	},
	'burst <event>': {
		about: 'many different callbacks, fast',
		flags: async () => (await import('./options/burst-flags.ts')).addBurstFlags,
		load: async () => (await import('./burst.ts')).burstCommand,
	},
	'run [scenario...]': {
		about: 'scenarios with expectations: names, files, folders',
		flags: async () => (await import('./options/run-flags.ts')).addRunFlags,
		load: async () => (await import('./run.ts')).runCommand,
	},
	'check [provider]': {
		about: 'prove a receiver against the rules',
		flags: async () => (await import('./options/check-flags.ts')).addCheckFlags,
		load: async () => (await import('./check.ts')).check,
	},
	'listen [provider]': {
		about: 'an embedded receiver that verifies and prints what arrives',
		flags: async () => (await import('./options/listen-flags.ts')).addListenFlags,
		load: async () => (await import('./listen.ts')).listen,
	},
	'sandbox [provider...]': {
		about: "the provider's own API on this machine, which then calls back by itself",
		flags: async () => (await import('./options/sandbox-flags.ts')).addSandboxFlags,
		load: async () => (await import('./sandbox.ts')).sandbox,
	},
	'verify <provider> [file]': {
		about: 'is this received callback genuine, and if not, why',
		flags: async () => (await import('./options/verify-flags.ts')).addVerifyFlags,
		load: async () => (await import('./verify.ts')).verify,
	},
	'init [provider...]': {
		about: 'a project file, a first scenario, and a CI workflow',
		flags: async () => (await import('./options/init-flags.ts')).addInitFlags,
		load: async () => (await import('./init.ts')).init,
	},
	'export <engine> [event...]': {
		about: 'a load test for an existing engine (artillery)',
		flags: async () => (await import('./options/export-flags.ts')).addExportFlags,
		load: async () => (await import('./export.ts')).exportCommand,
	},
	config: {
		about: 'every value in force, and where it comes from',
		flags: async () => (await import('./options/config-flags.ts')).addConfigFlags,
		load: async () => (await import('./config.ts')).config,
	},
	'completion <shell>': {
		about: 'what makes bash, zsh or fish complete callsim',
		flags: async () => (command) => command,
		load: async () => (await import('./completion/print-script.ts')).completion,
	},
	demo: {
		about: 'an embedded receiver that fails twice, and a payment on its schedule',
		flags: async () => (await import('./options/demo-flags.ts')).addDemoFlags,
		load: async () => (await import('./demo.ts')).demo,
	},
};
