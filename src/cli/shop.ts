import { spawn } from 'node:child_process';
import type { SetupTemplate, ShopPort } from '../check/orders.ts';
import type { ProbePort } from '../check/probe.ts';
import { absent, type State, stateOf } from '../check/state.ts';
import { ask } from '../delivery/ask.ts';
import type { ConnectionOptions } from '../delivery/http.ts';
import { judge } from '../delivery/judge.ts';
import { parseTarget } from '../delivery/target.ts';

const okay = { status: ['2xx'] };

/** The receiver's shop as a person reaches it: over its own pages, or with a command. */
export function shopOf(options: ConnectionOptions, userAgent: string): ShopPort & ProbePort {
	return {
		async setUp(template) {
			if ('command' in template) {
				const { code, output } = await run(template.command, options);
				return code === 0 ? undefined : `the command ended with ${code}: ${output.trim().slice(0, 200)}`;
			}
			const outcome = await ask('POST', parseTarget(template.url, '--setup-url'), options, userAgent);
			const judgement = judge(okay, outcome);
			return judgement.acknowledged ? undefined : `POST ${template.url}: ${judgement.reason}`;
		},
		read: (template) =>
			'command' in template ? readCommand(template.command, options) : readUrl(template, options, userAgent),
	};
}

async function readUrl(
	template: Extract<SetupTemplate, { url: string }>,
	options: ConnectionOptions,
	userAgent: string,
): Promise<State> {
	const outcome = await ask('GET', parseTarget(template.url, '--probe-url'), options, userAgent);
	if (outcome.kind === 'answered' && (outcome.status === 404 || outcome.status === 410)) return absent;
	const judgement = judge(okay, outcome);
	if (!judgement.acknowledged || outcome.kind !== 'answered')
		return { kind: 'unreadable', why: `GET ${template.url}: ${judgement.reason ?? 'no answer'}` };
	if (outcome.truncated) return { kind: 'unreadable', why: `GET ${template.url}: more than 64 KiB` };
	return stateOf(Buffer.from(outcome.body).toString('utf8'));
}

async function readCommand(command: string, options: ConnectionOptions): Promise<State> {
	const { code, output } = await run(command, options);
	return code === 0
		? stateOf(output)
		: { kind: 'unreadable', why: `the command ended with ${code}: ${output.trim().slice(0, 200)}` };
}

interface Ended {
	readonly code: number | string;
	/** Standard output; with an error, standard error behind it. */
	readonly output: string;
}

function run(command: string, { timeout, signal }: ConnectionOptions): Promise<Ended> {
	return new Promise((resolve) => {
		const child = spawn(command, {
			shell: true,
			stdio: ['ignore', 'pipe', 'pipe'],
			signal,
			...(timeout === 0 ? {} : { timeout }),
		});
		const out: Buffer[] = [];
		const err: Buffer[] = [];
		child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
		child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
		child.on('error', (error) => resolve({ code: error.message, output: '' }));
		child.on('close', (code, stopped) => {
			const output = Buffer.concat(code === 0 ? out : [...out, ...err]).toString('utf8');
			resolve({ code: code ?? `signal ${stopped}`, output });
		});
	});
}
