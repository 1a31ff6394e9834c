import { findEvent } from '../catalogue/catalogue.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { prepareFire } from '../engine/fire.ts';
import { formatDuration, millis } from '../model/duration.ts';
import type { ExitCode } from '../model/run-event.ts';
import { type Answer, startServer } from '../receiver/server.ts';
import { usualSpeed } from '../settings/delivery-in-force.ts';
import type { CliContext } from './cli-context.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { runDeliveries } from './run-deliveries.ts';

const event = 'bayarcash/transaction-success';

const script: readonly Answer[] = [
	{ status: 500, body: 'SQLSTATE[HY000] [2002] Connection refused' },
	{ status: 503, body: 'Service Unavailable' },
];

/** How its five minutes pass here. */
function paceText(speed: number): string {
	if (speed === Number.POSITIVE_INFINITY) return 'here nothing is waited for (--speed max)';
	if (speed === 1) return 'here they are waited for in real time';
	return `here 300 s pass in ${formatDuration(millis(300_000 / speed))} (--speed ${speed})`;
}

/** The whole main job with nothing set up: a receiver that fails twice, and a payment. */
export async function demo(flags: CommonFlags, context: CliContext): Promise<ExitCode> {
	let calls = 0;
	const receiver = await startServer({
		host: '127.0.0.1',
		port: 0,
		answer: () => script[calls++] ?? { status: 200, body: 'OK' },
	});
	try {
		const settings = readSettings(flags);
		const found = findEvent(await loadCatalogue(flags, context), event);
		const to = new URL(`${receiver.url}/webhooks/bayarcash`);
		const prepared = await prepareFire([{ event: found, to, settings }], context);
		if (flags.json !== true) {
			context.stdout.write(
				`An embedded receiver listens on ${receiver.url}: it fails twice, then answers 200.\nBayarcash tries 5 times, 300 s apart; ${paceText(settings.speed ?? usualSpeed)}.\n\n`,
			);
		}
		const code = await runDeliveries({ prepared, flags, quietVerdict: true }, context);
		if (flags.json !== true && code === 0) {
			context.stdout.write(
				'\nNow your own receiver:\n  callsim fire bayarcash/transaction-success --to http://localhost:3000/webhooks/bayarcash\n  callsim list        every event of every provider\n',
			);
		}
		return code;
	} finally {
		await receiver.close();
	}
}
