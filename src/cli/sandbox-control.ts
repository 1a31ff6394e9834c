import { millis } from '../model/duration.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { safeJson } from '../report/safe/escape.ts';
import type { CliContext } from './cli-context.ts';
import { portOf, type SandboxFlags } from './options/sandbox-flags.ts';
import { type ControlAnswer, linesOf } from './sandbox-control-text.ts';

/** What a control takes beside the address of its sandbox. */
const taken: Readonly<Record<string, readonly string[]>> = {
	resend: ['after', 'times', 'tamper', 'unsigned', 'wrongKey'],
	fail: ['times'],
};
/** Of every command, and of every control. */
const usual = ['port', 'host', 'json', 'color', 'journal', 'debug', 'input', 'config', 'providers'];

interface ControlCall {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly body?: Readonly<Record<string, string | undefined>>;
}

const safe = encodeURIComponent;

/** Word → what it asks of the sandbox that runs; how many words it takes behind it. */
const controls: Readonly<
	Record<
		string,
		{ words: string; call(words: readonly string[], flags: SandboxFlags): ControlCall }
	>
> = {
	orders: { words: '', call: () => ({ method: 'GET', path: '/orders' }) },
	order: {
		words: '<order>',
		call: ([order = '']) => ({ method: 'GET', path: `/orders/${safe(order)}` }),
	},
	deliveries: {
		words: '[order]',
		call: ([order]) => ({
			method: 'GET',
			path: order === undefined ? '/deliveries' : `/deliveries?order=${safe(order)}`,
		}),
	},
	settle: {
		words: '<order> <outcome>',
		call: ([order = '', outcome = '']) => ({
			method: 'POST',
			path: `/orders/${safe(order)}/settle`,
			body: { outcome },
		}),
	},
	resend: {
		words: '<order>',
		call: ([order = ''], { after, times, tamper, unsigned, wrongKey }) => ({
			method: 'POST',
			path: `/deliveries/${safe(order)}/resend`,
			body: {
				...{ after, times, tamper },
				unsigned: unsigned === true ? 'true' : undefined,
				wrongKey: wrongKey === true ? 'true' : undefined,
			},
		}),
	},
	advance: {
		words: '<duration>',
		call: ([by = '']) => ({ method: 'POST', path: '/advance', body: { by } }),
	},
	fail: {
		words: '<500|429|timeout|reset>',
		call: ([as = ''], { times }) => ({
			method: 'POST',
			path: '/fail',
			body: { as, times },
		}),
	},
	balance: {
		words: '<provider> [amount]',
		call: ([provider = '', amount]) =>
			amount === undefined
				? { method: 'GET', path: `/balances/${safe(provider)}` }
				: { method: 'POST', path: `/balances/${safe(provider)}`, body: { amount } },
	},
	reset: { words: '', call: () => ({ method: 'POST', path: '/reset', body: {} }) },
};

export const controlNames: readonly string[] = Object.keys(controls);

export const isControl = (word: string | undefined): word is string =>
	word !== undefined && Object.hasOwn(controls, word);

/** Asks a sandbox on this machine. @throws Problem where none is there, or where it refuses */
export async function sandboxControl(
	[name = '', ...words]: readonly string[],
	flags: SandboxFlags,
	context: CliContext,
): Promise<ExitCode> {
	const control = controls[name];
	if (control === undefined) throw new Error(`no control ${name}`);
	const wanted = control.words === '' ? [] : control.words.split(' ');
	const needed = wanted.filter((word) => word.startsWith('<')).length;
	if (words.length < needed || words.length > wanted.length)
		throw new Problem(
			'usage',
			`callsim sandbox ${name} takes ${control.words || 'no word behind it'}`,
			{
				hint: 'See callsim sandbox --help.',
			},
		);
	refuseIdle(name, flags);
	const { method, path, body } = control.call(words, flags);
	const ask = asking(flags);
	const first = await ask(method, path, body);
	const answer = method === 'POST' ? await waitForAttempts(first, flags, ask, context) : first;
	const lines = linesOf(answer, words).map((line) => `${line}\n`);
	context.stdout.write(flags.json === true ? `${safeJson(answer)}\n` : lines.join(''));
	return 0;
}

/** Whoever says how often it is sent, say, believes that it is. @throws Problem `usage` */
function refuseIdle(name: string, flags: SandboxFlags): void {
	const known = [...usual, ...(taken[name] ?? [])];
	const idle = Object.keys(flags).find((flag) => !known.includes(flag));
	if (idle === undefined) return;
	const typed = `--${idle.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
	throw new Problem('usage', `${typed} says nothing to ${name}`, {
		hint: 'Leave it out here; what holds for everything is said when the sandbox is started.',
	});
}

type Ask = (method: string, path: string, body?: object) => Promise<ControlAnswer>;

/** @throws Problem where none is there, or where it refuses */
function asking(flags: SandboxFlags): Ask {
	const host = (flags.host ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1');
	return async (method, path, body) => {
		const { askSandbox } = await import('./sandbox-ask.ts');
		const { status, text } = await askSandbox(host, portOf(flags), {
			method,
			path: `/_callsim${path}`,
			body: body && JSON.stringify(body),
		});
		const answer = answerIn(text);
		if (answer === undefined)
			throw new Problem('usage', `what answers at port ${portOf(flags)} of ${host} is no sandbox`, {
				hint: 'Name the --port on which callsim sandbox says that it is.',
			});
		if (status < 400) return answer;
		throw new Problem('usage', answer.message ?? `the sandbox answered ${status}`, {
			hint: answer.try,
		});
	};
}

/** Undefined of what no sandbox would say. */
function answerIn(text: string): ControlAnswer | undefined {
	try {
		const answer: unknown = JSON.parse(text);
		return typeof answer === 'object' && answer !== null ? answer : undefined;
	} catch {
		return undefined;
	}
}

/** Whoever sends something wants to know what the shop answered; not for ever. */
const patience = { looks: 50, pause: millis(100) };

/** The same answer, each of its callbacks with the first attempt, where that comes soon. */
async function waitForAttempts(
	answer: ControlAnswer,
	{ after }: SandboxFlags,
	ask: Ask,
	{ clock, interruption }: CliContext,
): Promise<ControlAnswer> {
	if (answer.deliveries === undefined || after !== undefined) return answer;
	let { deliveries } = answer;
	for (let look = 0; look < patience.looks; look++) {
		if (deliveries.every(({ attempts, why }) => attempts.length > 0 || why !== undefined)) break;
		await clock.sleep(patience.pause, interruption());
		const all = (await ask('GET', '/deliveries')).deliveries ?? [];
		deliveries = deliveries.map((one) => all.find(({ id }) => id === one.id) ?? one);
	}
	return { ...answer, deliveries };
}
