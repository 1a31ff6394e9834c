import { expect, test } from 'vitest';
import { faults } from '../support/faults/table.ts';
import { held, ways } from '../support/faults/ways.ts';
import { part } from '../support/long.ts';
import { serveTcp } from '../support/server.ts';

/** One attempt each: what a fault does to a schedule is the same attempt again. */
const pace = ['--retry', 'none', '--json'];

/** Only what is meant to come to a time-out is hurried: a busy machine is slow to answer, too. */
const patience = (wanted: string) => (wanted.startsWith('timed-out') ? '250ms' : '20s');

const table = faults.flatMap((fault) =>
	ways.map((way) => ({
		name: fault.name,
		way,
		fault,
		wanted: way.isDigest ? (fault.digestOutcome ?? fault.outcome) : fault.outcome,
	})),
);

// Five ways: every third row is another way for each fault.
test.each(part(table, 3))(
	'$name comes to $wanted on the way of $way.name, and nothing stays',
	async (row) => {
		const { way, fault, wanted } = row;
		let requests = 0;
		const sockets = new Set<object>();
		const to = await serveTcp(
			(socket) => {
				sockets.add(socket);
				socket.once('close', () => sockets.delete(socket));
				socket.on('data', (bytes) => {
					if (!/^POST /.test(bytes.toString('latin1'))) return;
					requests++;
					fault.act(socket);
				});
			},
			{ allowHalfOpen: fault.halfOpen === true },
		);
		// Nonces and connections serve the callbacks behind the first: what that comes to has tests of its own.
		const callbacks = way.isDigest || fault.closes === true ? 1 : way.most;
		const count = way.most > 1 ? ['--count', String(callbacks)] : [];
		const before = held();
		const { code, outcomes, stderr } = await way.send(to, [
			...pace,
			...count,
			'--timeout',
			patience(wanted),
		]);
		expect(outcomes).toEqual(Array(callbacks).fill(wanted));
		expect({ code, requests }).toEqual({
			code: fault.acknowledged === true ? 0 : 1,
			// Nothing is sent again in silence: a callback goes out as often as is told.
			requests: way.isDigest ? (fault.digestRequests ?? 1) : callbacks,
		});
		expect(stderr).not.toMatch(/bug in callsim|^ {4}at /m);
		await expect.poll(() => sockets.size).toBe(0);
		await expect.poll(() => held().length).toBeLessThanOrEqual(before.length);
	},
);
