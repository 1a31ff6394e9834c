import { millis } from '../model/duration.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { safeJson } from '../report/safe/escape.ts';
import type { CliContext } from './cli-context.ts';
import { portOf, type SandboxFlags } from './options/sandbox-flags.ts';
import { askSandbox } from './sandbox-ask.ts';
import { type ControlAnswer, linesOf } from './sandbox-control-text.ts';

interface ControlCall {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly body?: Readonly<Record<string, string>>;
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
		call: ([order = ''], { after, times, tamper, unsigned }) => ({
			method: 'POST',
			path: `/deliveries/${safe(order)}/resend`,
			body: {
				...(after !== undefined && { after }),
				...(times !== undefined && { times }),
				...(tamper !== undefined && { tamper }),
				...(unsigned === true && { unsigned: 'true' }),
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
			body: { as, ...(times !== undefined && { times }) },
		}),
	},
	balance: {
		words: '<provider> [amount]',
		call: ([provider = '', amount]) =>
			amount === undefined
				? { method: 'GET', path: '/balances' }
				: { method: 'POST', path: `/balances/${safe(provider)}`, body: { amount } },
	},
	reset: { words: '', call: () => ({ method: 'POST', path: '/reset', body: {} }) },
};

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
	const { method, path, body } = control.call(words, flags);
	const ask = asking(flags);
	const first = await ask(method, path, body);
	const answer = method === 'POST' ? await tried(first, flags, ask, context) : first;
	const lines = linesOf(answer, words).map((line) => `${line}\n`);
	context.stdout.write(flags.json === true ? `${safeJson(answer)}\n` : lines.join(''));
	return 0;
}

type Ask = (method: string, path: string, body?: object) => Promise<ControlAnswer>;

/** @throws Problem where none is there, or where it refuses */
function asking(flags: SandboxFlags): Ask {
	const host = (flags.host ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1');
	return async (method, path, body) => {
		const { status, text } = await askSandbox(host, portOf(flags), {
			method,
			path: `/_callsim${path}`,
			body: body && JSON.stringify(body),
		});
		const answer = JSON.parse(text) as ControlAnswer;
		if (status < 400) return answer;
		throw new Problem('usage', answer.message ?? `the sandbox answered ${status}`, {
			hint: answer.try,
		});
	};
}

/** Whoever sends something wants to know what the shop answered; not for ever. */
const patience = { looks: 50, pause: millis(100) };

/** The same answer, each of its callbacks with the first attempt, where that comes soon. */
async function tried(
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
