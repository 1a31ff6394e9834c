import { millis } from '../model/duration.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import type { Deliveries } from './deliveries.ts';
import type { Keys } from './keys.ts';
import { type LogEntry, logged, type Order, type Planned } from './order.ts';
import type { Box, BoxSettings, SandboxProvider } from './provider.ts';
import type { Store } from './store.ts';
import type { SandboxTime } from './time.ts';
import type { SandboxWatch } from './watch.ts';

export interface BoxTools {
	readonly url: string;
	readonly store: Store;
	readonly time: SandboxTime;
	readonly deliveries: Deliveries;
	readonly settings: BoxSettings;
	readonly context: EngineContext;
	readonly keys: Keys;
	readonly watch: Pick<SandboxWatch, 'state' | 'failed'>;
	/** Whether callbacks are left to somebody else. */
	readonly isSilent: boolean;
}

/** A receiver that thinks longer than this is not waited for before an answer leaves. */
const longestMoment = millis(1_000);

/** What one provider's endpoints have of the sandbox. */
export function boxFor(provider: SandboxProvider, tools: BoxTools): Box {
	const { url, store, time, deliveries, settings, context, keys, watch, isSilent } = tools;
	const stateOf = (order: Order) => provider.describe(order, box).state;

	const arm = (order: Order, planned: Planned): void =>
		time.run(async () => {
			try {
				await time.sleep(millis(Math.max(0, planned.at - time.now())), context.interruption());
				const current = store.get<Order>('order', order.id);
				if (!current?.next.some(({ id }) => id === planned.id)) return;
				const next = current.next.filter(({ id }) => id !== planned.id);
				await store.together(() => {
					const taken = store.put('order', order.id, { ...current, next });
					return provider.due(taken, planned.action, planned.with, box);
				});
			} catch (error) {
				if (!context.interruption().aborted) watch.failed(error);
			}
		});

	const save: Box['save'] = (order, ...told) => {
		const before = store.get<Order>('order', order.id);
		const from = before && stateOf(before);
		const at = time.now();
		const to = stateOf(order);
		const entries: LogEntry[] = told.map((entry) => ({ at, ...entry }));
		if (from !== to)
			entries.push({ at, what: 'state', text: from === undefined ? to : `${from} → ${to}` });
		const saved = entries.reduce(logged, order);
		store.put('order', order.id, saved);
		const armed = new Set(before?.next.map(({ id }) => id));
		for (const planned of saved.next) if (!armed.has(planned.id)) arm(saved, planned);
		if (from !== to) store.afterwards(() => watch.state(saved, from, to));
		return saved;
	};

	const box: Box = {
		url,
		random: context.random,
		settings,
		now: () => time.now(),
		order: (id) => {
			const order = store.get<Order<never>>('order', id);
			return order?.provider === provider.id ? order : undefined;
		},
		orders: (kind) =>
			store
				.all<Order<never>>('order')
				.filter((order) => order.provider === provider.id && order.kind === kind),
		save,
		async callback(order, said) {
			if (isSilent) return;
			const after = said.after ?? settings.delay;
			await deliveries
				.send(order, said, { after })
				.then(({ tried }) => tried)
				.catch(watch.failed);
		},
		composed: async (said) => (await deliveries.composed(said)).request,
		secret: keys.secret,
		otherKeys: keys.others,
		remembered: (kind, id) => store.get(`${provider.id} ${kind}`, id),
		remember: (kind, id, value) => void store.put(`${provider.id} ${kind}`, id, value),
		async moment(callback) {
			void time.during(callback);
			const over = new AbortController();
			await Promise.race([
				callback,
				context.clock.sleep(longestMoment, over.signal).catch(() => undefined),
			]);
			over.abort();
		},
		rearm() {
			for (const order of store.all<Order>('order'))
				if (order.provider === provider.id) for (const planned of order.next) arm(order, planned);
		},
	};
	return box;
}
