// Orders that wait in real time, over sockets: how late an attempt leaves. All of them wait at once
// before the first is due again. Prints one line of JSON, milliseconds.
//
//   lateness <orders> <address of a receiver that is down>
import { createHistogram } from 'node:perf_hooks';
import { Flood } from '../src/burst/flood.ts';
import { placesOf } from '../src/burst/places.ts';
import { lineOpener } from '../src/delivery/kept-line.ts';
import { sourceOf } from '../test/support/burst.ts';
import { eventOf } from '../test/support/catalogue.ts';
import { random } from '../test/support/deliver.ts';

const [, , orders, address = ''] = process.argv;
const count = Number(orders);
const url = new URL(address);
const pauseMs = 4_000;
const openLine = await lineOpener(url, {
	timeout: 30_000,
	keepsBody: false,
	insecure: false,
	allowRemote: false,
});
const { source } = sourceOf(eventOf('bayarcash/transaction-success'), {}, `3x${pauseMs}ms`);
await source.begin();
const late = createHistogram({ figures: 3 });
let most = 0;
const flood = new Flood(
	{
		sources: [source],
		sourceOf: () => 0,
		places: placesOf({ count, copies: 1, duplicates: 0, shuffle: undefined }),
		connections: 32,
		rate: count / (pauseMs / 1_000 - 1),
		phase: 0,
		duration: Number.POSITIVE_INFINITY,
		speed: 1,
		bail: false,
	},
	{
		now: () => Number(process.hrtime.bigint()) / 1e6,
		epoch: () => Date.now(),
		later: (span, wake) => {
			const timer = setTimeout(wake, span);
			return () => clearTimeout(timer);
		},
		openLine(listener) {
			const line = openLine(listener);
			return {
				send: (request) => line.send({ ...request, path: url.pathname }),
				close: () => line.close(),
			};
		},
		random,
		unacknowledged: () => undefined,
		trying({ attempt, due, at }) {
			if (attempt > 1) late.record(Math.max(1, Math.round((at - due) * 1_000)));
			most = Math.max(most, flood.open);
		},
	},
);
await flood.run();
const ms = (microseconds: number) => microseconds / 1_000;
process.stdout.write(
	`${JSON.stringify({
		attempts: flood.tally.attempts,
		waiting: most,
		mean: ms(late.mean),
		p50: ms(late.percentile(50)),
		p99: ms(late.percentile(99)),
		max: ms(late.max),
	})}\n`,
);
