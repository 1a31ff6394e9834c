import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { printableLine } from '../report/safe/escape.ts';
import type { CliContext } from './cli-context.ts';
import { portOf, type SandboxFlags } from './options/sandbox-flags.ts';
import { askSandbox } from './sandbox-ask.ts';

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
	{ stdout }: CliContext,
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
	const host = (flags.host ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1');
	const { status, text } = await askSandbox(host, portOf(flags), {
		method,
		path: `/_callsim${path}`,
		body: body && JSON.stringify(body),
	});
	const answer = JSON.parse(text) as Answer;
	if (status >= 400)
		throw new Problem('usage', answer.message ?? `the sandbox answered ${status}`, {
			hint: answer.try,
		});
	stdout.write(
		flags.json === true
			? text
			: linesOf(answer)
					.map((line) => `${line}\n`)
					.join(''),
	);
	return 0;
}

interface Answer {
	readonly message?: string;
	readonly try?: string;
	readonly orders?: readonly OrderShape[];
	readonly deliveries?: readonly DeliveryShape[];
	readonly balances?: readonly {
		readonly provider: string;
		readonly currency: string;
		readonly balance: string;
	}[];
	readonly id?: string;
}
interface OrderShape {
	readonly id: string;
	readonly reference: string;
	readonly state: string;
	readonly amount?: string;
	readonly log: readonly { readonly at: number; readonly text: string }[];
}
interface DeliveryShape {
	readonly id: number;
	readonly said: { readonly event: string };
	readonly request: { readonly url: string };
	readonly why?: string;
	readonly attempts: readonly { readonly came: string; readonly reason?: string }[];
}

function linesOf(answer: Answer): string[] {
	const orderLine = ({ id, reference, state, amount }: OrderShape) =>
		printableLine([reference, id, amount, state].filter((part) => part !== undefined).join(' · '));
	if (answer.orders !== undefined)
		return answer.orders.length === 0 ? ['no orders yet'] : answer.orders.map(orderLine);
	if (answer.deliveries !== undefined)
		return answer.deliveries.length === 0
			? ['nothing was sent yet']
			: answer.deliveries.flatMap(deliveryLines);
	if (answer.balances !== undefined)
		return answer.balances.map(({ provider, currency, balance }) =>
			printableLine(`${provider}: ${currency} ${balance}`),
		);
	if (answer.id === undefined) return ['done'];
	const order = answer as unknown as OrderShape;
	return [
		orderLine(order),
		...order.log.map(({ at, text }) => `  ${new Date(at).toISOString()}  ${printableLine(text)}`),
	];
}

function deliveryLines({ id, said, request, why, attempts }: DeliveryShape): string[] {
	return [
		`#${id} ${said.event} → ${printableLine(request.url)}: ${why ?? 'under way'}`,
		...attempts.map(({ came, reason }, at) =>
			printableLine(`  attempt ${at + 1}  ${came}${reason === undefined ? '' : `  ${reason}`}`),
		),
	];
}
