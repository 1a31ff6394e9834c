// Orders that all wait at once and a receiver that is down, in one process without a network: every
// attempt is held against the provider's schedule. Prints what it saw as one line of JSON.
//
//   waiting-inside <orders>
import { readFileSync } from 'node:fs';
import { Flood } from '../src/burst/flood.ts';
import { placesOf } from '../src/burst/places.ts';
import type { LineListener } from '../src/delivery/kept-line.ts';
import { mayTune, tuneForFloods } from '../src/delivery/v8-flags.ts';
import { sourceOf } from '../test/support/burst.ts';
import { eventOf } from '../test/support/catalogue.ts';
import { random } from '../test/support/deliver.ts';

const count = Number(process.argv[2]);
/** Of Bayarcash: five minutes apart. */
const attemptsEach = 5;
const pause = 300_000;
mayTune();
tuneForFloods();

const seen = new Uint8Array(count);
let [mistimed, outOfTurn, backwards, latest, references] = [0, 0, 0, 0, 0];
const { source } = sourceOf(eventOf('bayarcash/transaction-success'), {}, 'provider');
await source.begin();
const flood = new Flood(
	{
		sources: [source],
		sourceOf: () => 0,
		places: placesOf({ count, copies: 1, duplicates: 0, shuffle: undefined }),
		connections: 32,
		rate: undefined,
		phase: 0,
		duration: Number.POSITIVE_INFINITY,
		speed: Number.POSITIVE_INFINITY,
		bail: false,
	},
	{
		now: () => Number(process.hrtime.bigint()) / 1e6,
		epoch: () => Date.now(),
		later: () => () => undefined,
		openLine: (listener: LineListener) => ({
			send: () =>
				setImmediate(() => listener.answered(503, { challenge: () => undefined }, undefined)),
			close: async () => undefined,
		}),
		random,
		unacknowledged() {
			references++;
		},
		trying({ n, attempt, due, at }) {
			if (due !== (attempt - 1) * pause || at !== due) mistimed++;
			if (seen[n] !== attempt - 1) outOfTurn++;
			seen[n] = attempt;
			if (at < latest) backwards++;
			latest = at;
		},
	},
);
await flood.run();
const { sent, refused, attempts } = flood.tally;
process.stdout.write(
	`${JSON.stringify({
		...{ sent, refused, attempts, references, mistimed, outOfTurn, backwards },
		isWhole: seen.every((last) => last === attemptsEach),
		peakMiB: peak() / 1_024,
	})}\n`,
);

/** KiB. What `getrusage` says is on Linux at least what the process had that started this one. */
function peak(): number {
	if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
	return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
