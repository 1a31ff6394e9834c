import { type Command, Option } from 'commander';
import { formatNames } from '../report/formats.ts';

/** A repeatable flag. */
export const each = (value: string, before: readonly string[] = []): string[] => [...before, value];

export function addTargetFlags(
	command: Command,
	whereTo: string,
	whereBack = "for what the payer's browser carries: receipts (default: --to)",
): Command {
	const group = 'Where it goes:';
	return command
		.addOption(new Option('--to <url>', whereTo).helpGroup(group))
		.addOption(new Option('--return-to <url>', whereBack).helpGroup(group));
}

export function addCommonFlags(command: Command): Command {
	const group = 'Output and input:';
	return command
		.addOption(new Option('--json', 'machine-readable output on stdout, nothing else there').helpGroup(group))
		.addOption(new Option('--no-color', 'no colours (also NO_COLOR)').helpGroup(group))
		.addOption(new Option('--no-input', 'never ask; a missing flag is an error').helpGroup(group))
		.addOption(new Option('--providers <folder>', 'providers of your own, beside the built-in ones').helpGroup(group))
		.addOption(new Option('--config <file>', 'the project file (default: the nearest callsim.yaml)').helpGroup(group))
		.addOption(new Option('--env-file <file>', 'environment variables; those that are set win').helpGroup(group));
}

export function addShapingFlags(command: Command): Command {
	const shape = 'Shape the callback:';
	const fault = 'Break it on purpose:';
	const option = (flags: string, text: string, group = shape) =>
		command.addOption(new Option(flags, text).helpGroup(group));
	const many = (flags: string, text: string, group = shape) =>
		command.addOption(new Option(flags, text).argParser<readonly string[]>(each).helpGroup(group));
	option('--ref <id>', "the merchant's reference, whatever the provider calls it");
	option('--amount <n>', 'the amount, whatever the provider calls it');
	many('--set <path=value>', 'change a field, keeping its JSON type; path:=json sets the type too');
	many('--add <path=value>', 'add a field that is not there');
	many('--unset <path>', 'leave a field out');
	option('--body <@file|-|text>', 'replace all values by those of a file or text (JSON, form or XML), then sign');
	option('--raw-body <@file|->', 'send these bytes as they are');
	many('--variant <option>', 'an option of any choice, see: callsim list (also comma-separated)');
	option('--encoding <name>', 'form, json or xml, where the provider has the choice');
	option('--auth <name>', 'digest, hmac or none, where the provider has the choice');
	option('--fresh', "new ids and times in the provider's formats");
	option('--seed <n>', 'make --fresh repeatable');
	option('--now <time>', 'the instant of --fresh, RFC 3339');
	many('--credential <name=source>', 'a credential: secret_key=env:VAR, =file:PATH or =value');
	many('--header <name: value>', 'one more header');
	many('--tamper <path=value>', 'change a field after signing', fault);
	option('--unsigned', 'leave the signature out', fault);
	option('--wrong-key', 'sign with a key that is not yours', fault);
	return command;
}

const deliver = 'Deliver it:';

/** How fast provider time passes: all that the demo has to choose. */
export function addPaceFlags(command: Command): Command {
	return command
		.addOption(
			new Option('--speed <factor>', 'how much faster provider time passes, or max (default: 100)').helpGroup(deliver),
		)
		.addOption(new Option('--real-time', 'the same as --speed 1').helpGroup(deliver));
}

export function addDeliveryFlags(command: Command): Command {
	const option = (flags: string, text: string) => command.addOption(new Option(flags, text).helpGroup(deliver));
	option('--retry <schedule>', 'provider, none, 5x300s (attempts x pause) or 2m,10m,30m (default: provider)');
	addPaceFlags(command);
	option('--timeout <duration>', 'for one attempt, wall time; 0 = none (default: 30s)');
	option('--delay <duration>', 'wait before the first attempt, wall time');
	option('--duplicate <n>', 'n identical requests in all, at the same moment');
	option('--insecure', 'accept any TLS certificate');
	option('--allow-remote', 'allow targets outside this machine and its private networks');
	option('--wait-for <duration>', 'wait until something listens at the target, wall time');
	option('--bail', 'stop after the first delivery that is not acknowledged');
	return command;
}

export function addCheckFlags(command: Command): Command {
	const state = "See the receiver's state:";
	const choose = 'Choose and judge:';
	const option = (flags: string, text: string, group = choose) =>
		command.addOption(new Option(flags, text).helpGroup(group));
	const many = (flags: string, text: string, group = choose) =>
		command.addOption(new Option(flags, text).argParser<readonly string[]>(each).helpGroup(group));
	option('--probe-url <template>', 'GET it to read an order: http://localhost:3000/orders/{reference}', state);
	option('--probe-command <template>', 'or run it: its output is the state', state);
	many('--probe-ignore <path>', 'a part of the state that says nothing (also comma-separated)', state);
	option('--setup-url <template>', 'POST to it to make an order: …/setup/{reference}?amount={amount}', state);
	option('--setup-command <template>', 'or run it', state);
	many('--orders <references>', 'existing orders, each used once (also comma-separated)', state);
	option('--amount <n>', "what an order costs (default: the sample's)", state);
	option('--settle <duration>', 'how long the receiver may work after it has answered (default: 500ms)', state);
	many('--only <rule>', 'these rules alone (also comma-separated)');
	many('--skip <rule>', 'without these rules');
	option('--fail-on <level>', 'exit 1 for a failed must (default), or should as well');
	option('--slow', 'the rules that take long, too');
	option('--seed <n>', 'make references and ids repeatable');
	option('--list', 'print the rules');
	option('--explain <rule>', 'teach one rule');
	option('--auth <name>', 'digest, hmac or none, where the provider has the choice');
	many('--credential <name=source>', 'a credential: secret_key=env:VAR, =file:PATH or =value');
	many('--header <name: value>', 'one more header');
	option('--timeout <duration>', 'for one answer (default: 10s)', deliver);
	option('--exec <command>', 'start the receiver, stop it at the end; its output is shown when a rule fails', deliver);
	option('--wait-for <duration>', 'wait until something listens at the target (with --exec: 30s)', deliver);
	option('--insecure', 'accept any TLS certificate', deliver);
	option('--allow-remote', 'allow targets outside this machine and its private networks', deliver);
	return command;
}

export function addRunFlags(command: Command): Command {
	const run = 'Run them:';
	const option = (flags: string, text: string, group = run) =>
		command.addOption(new Option(flags, text).helpGroup(group));
	const many = (flags: string, text: string, group = run) =>
		command.addOption(new Option(flags, text).argParser<readonly string[]>(each).helpGroup(group));
	option('--exec <command>', 'start the receiver, stop it at the end; its output is shown when something fails');
	option('--wait-for <duration>', 'wait until something listens at every target (with --exec: 30s)');
	many('--only <name>', 'scenarios whose name, or file, is this or holds this');
	option('--probe-url <template>', 'GET it to read an order, for probes that do not say how: …/orders/{reference}');
	option('--probe-command <template>', 'or run it: its output is the state');
	option(
		'--setup-url <template>',
		'POST to it to make an order, for scenarios with a setup: …/setup/{reference}?amount={amount}',
	);
	option('--setup-command <template>', 'or run it');
	option('--jobs <n>', 'scenarios at the same time (default: 1)');
	option('--bail', 'stop at the first step that fails');
	option('--seed <n>', 'repeat a run: fresh ids, shuffles');
	option('--now <time>', 'the instant of fresh times, RFC 3339');
	option('--retry <schedule>', 'provider, none, 5x300s (attempts x pause) or 2m,10m,30m (default: provider)', deliver);
	addPaceFlags(command);
	option('--timeout <duration>', 'for one attempt, wall time; 0 = none (default: 30s)', deliver);
	many('--credential <name=source>', 'a credential: secret_key=env:VAR, =file:PATH or =value', deliver);
	many('--header <name: value>', 'one more header', deliver);
	option('--insecure', 'accept any TLS certificate', deliver);
	option('--allow-remote', 'allow targets outside this machine and its private networks', deliver);
	return command;
}

export function addReportFlag(command: Command): Command {
	const text = `${formatNames()}, into a file; without one the report takes the place of the text on stdout`;
	return command.addOption(
		new Option('--report <kind[=path]>', text).argParser<readonly string[]>(each).helpGroup('Output and input:'),
	);
}
