import type { Statement } from '../model/request.ts';
import { boxFor } from './box.ts';
import { Calls } from './calls.ts';
import { ControlCalls } from './control-calls.ts';
import { Controls } from './controls.ts';
import { Deliveries, type DeliveryTools } from './deliveries.ts';
import { keysOf } from './keys.ts';
import type { Box, BoxSettings, SandboxProvider } from './provider.ts';
import { Questions } from './questions.ts';
import { type HttpOptions, startHttp } from './server.ts';
import { shownTarget } from './shown-target.ts';
import type { Trouble } from './trouble.ts';
import type { SandboxWatch } from './watch.ts';

export interface SandboxOptions extends Omit<DeliveryTools, 'watch' | 'inPlay'> {
	readonly providers: readonly SandboxProvider[];
	readonly box: BoxSettings;
	readonly http: Pick<HttpOptions, 'host' | 'port' | 'tls'>;
	readonly watch: SandboxWatch;
	/** Nothing is decided there from outside, and nothing is called back: somebody else delivers. */
	readonly isOnlyAsked?: boolean;
}

export interface RunningSandbox {
	readonly url: string;
	/** Where it listens. */
	readonly address: string;
	readonly controls: Controls;
	/** A provider has said this in a callback that somebody else delivers. */
	stated(statement: Statement): void;
	close(): Promise<void>;
}

/** "Any address" is listened on, and cannot be called. */
const called = (address: string): string => {
	const host = ['0.0.0.0', '::', '::ffff:0.0.0.0'].includes(address) ? '127.0.0.1' : address;
	return host.includes(':') ? `[${host}]` : host;
};

/** @throws the listen error; Problem where the credentials are not whole */
export async function openSandbox(options: SandboxOptions): Promise<RunningSandbox> {
	const { providers, time, store, http, watch, context } = options;
	const settings = { ...options.settings, credentials: options.settings.credentials };
	const boxes = new Map<string, Box>();
	let controls: Controls | undefined;
	const questions = new Questions(store);
	const heard: SandboxWatch = {
		...watch,
		event(event) {
			watch.event(event);
			controls?.tell();
		},
		state(order, from, to) {
			watch.state(order, from, to);
			controls?.tell();
		},
		call(told) {
			questions.heard(told);
			watch.call(told);
			controls?.tell();
		},
	};
	const ids = new Set(providers.map(({ id }) => id));
	const inPlay = options.catalogue.providers.filter(({ id }) => ids.has(id));
	const secrets = providers.flatMap(({ secretParameters = [] }) => secretParameters);
	const troubles = new Set<Trouble>();
	const deliveries = new Deliveries({ ...options, settings, inPlay, watch: heard });
	const calls = new Calls({
		providers,
		boxOf: (id) => boxOf(boxes, id),
		store,
		now: () => time.now(),
		heard,
	});
	let answer: HttpOptions['answer'] = () => ({ fault: 'reset' });
	const server = await startHttp({
		...http,
		answer: (call) => answer(call),
		failed: watch.failed,
		trouble(trouble) {
			if (!troubles.has(trouble)) watch.trouble?.(trouble);
			troubles.add(trouble);
		},
		refused: ({ method, target }, status, says) =>
			heard.call({
				...{ at: time.now(), provider: undefined, method, target: shownTarget(target, secrets) },
				...{ status, notes: [says] },
			}),
	});
	const scheme = http.tls === undefined ? 'http' : 'https';
	const url = `${scheme}://${called(server.address)}:${server.port}`;
	try {
		for (const provider of providers) {
			const keys = keysOf(provider.id, { ...options, inPlay });
			boxes.set(
				provider.id,
				boxFor(provider, {
					url,
					store,
					time,
					deliveries,
					settings: options.box,
					context,
					keys,
					watch: heard,
					isSilent: options.isOnlyAsked === true,
				}),
			);
		}
	} catch (error) {
		await server.close();
		throw error;
	}
	const control = new Controls({
		providers,
		boxOf: (id) => boxOf(boxes, id),
		deliveries,
		calls,
		questions,
		store,
		time,
	});
	controls = control;
	const controlCalls = new ControlCalls(control, url, (path, what) =>
		heard.call({
			...{ at: time.now(), provider: undefined, method: 'POST', target: `/_callsim${path}` },
			...{ status: 200, notes: [`note: ${what}`] },
		}),
	);
	answer = (call) =>
		(options.isOnlyAsked === true ? undefined : controlCalls.answer(call)) ?? calls.answer(call);
	for (const provider of providers) boxes.get(provider.id)?.rearm();
	deliveries.resume();
	return {
		url,
		address: server.address,
		controls: control,
		stated(statement) {
			const provider = providers.find(({ id }) => id === statement.provider);
			provider?.stated?.(statement, boxOf(boxes, provider.id));
		},
		close: () => server.close(),
	};
}

function boxOf(boxes: ReadonlyMap<string, Box>, id: string): Box {
	const box = boxes.get(id);
	if (box === undefined) throw new Error(`no box for ${id}`);
	return box;
}
