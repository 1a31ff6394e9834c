import type { ShopPort } from '../check/orders.ts';
import type { ProbePort } from '../check/probe.ts';
import { absent, type State, stateOf } from '../check/state.ts';
import { ask } from '../delivery/ask.ts';
import type { ConnectionOptions } from '../delivery/http.ts';
import { judge } from '../delivery/judge.ts';
import { parseTarget } from '../delivery/target.ts';
import { type CommandPlace, runCommand } from './run-command.ts';

const okay = { status: ['2xx'] };

/** The receiver's shop as a person reaches it: over its own pages, or with a command. */
export function shopOf(options: ConnectionOptions, userAgent: string, place: CommandPlace): ShopPort & ProbePort {
	return {
		async setUp(template) {
			if ('own' in template) throw new Error('a function is called by whoever was given it');
			if ('command' in template) {
				const { code, output } = await runCommand(template.command, options.timeout, place, options.signal);
				return code === 0 ? undefined : commandFailed(code, output);
			}
			const outcome = await ask('POST', parseTarget(template.url, '--setup-url'), options, userAgent);
			const judgement = judge(okay, outcome);
			return judgement.acknowledged ? undefined : `POST ${template.url}: ${judgement.reason}`;
		},
		async read(template, order) {
			if ('own' in template) throw new Error('a function is called by whoever was given it');
			return 'command' in template
				? readCommand(template.command, order, options, place)
				: readUrl(template.url, order, options, userAgent);
		},
	};
}

type Order = Parameters<ProbePort['read']>[1];

async function readUrl(url: string, order: Order, options: ConnectionOptions, userAgent: string): Promise<State> {
	const outcome = await ask('GET', parseTarget(url, '--probe-url'), options, userAgent);
	if (outcome.kind === 'answered' && (outcome.status === 404 || outcome.status === 410)) return absent;
	const judgement = judge(okay, outcome);
	if (!judgement.acknowledged || outcome.kind !== 'answered')
		return { kind: 'unreadable', why: `GET ${url}: ${judgement.reason ?? 'no answer'}` };
	if (outcome.truncated) return { kind: 'unreadable', why: `GET ${url}: more than 64 KiB` };
	return stateOf(Buffer.from(outcome.body).toString('utf8'), order);
}

async function readCommand(
	command: string,
	order: Order,
	{ timeout, signal }: ConnectionOptions,
	place: CommandPlace,
): Promise<State> {
	const { code, output } = await runCommand(command, timeout, place, signal);
	return code === 0 ? stateOf(output, order) : { kind: 'unreadable', why: commandFailed(code, output) };
}

const mostSaid = 200;

function commandFailed(code: number | string, output: string): string {
	const end = typeof code === 'number' ? `the command ended with ${code}` : `the command had ${code}`;
	const said = output.trim();
	if (said === '') return end;
	// The sign is what a mask goes by: the beginning of a key may be the last of what is left.
	return `${end}: ${said.length > mostSaid ? `${said.slice(0, mostSaid)}…` : said}`;
}
