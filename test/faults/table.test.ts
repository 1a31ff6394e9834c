import { expect, test } from 'vitest';
import { faults } from '../support/fault-table.ts';
import { type CliResult, callsim, type Json, jsonLines } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { serveTcp } from '../support/server.ts';

/** One attempt each: what a fault does to a schedule is the same attempt again. */
const pace = ['--retry', 'none', '--timeout', '250ms', '--json'];
const scenario = 'name: one\nprovider: bayarcash\nsteps: [{ fire: transaction-success }]\n';

/** Every way on which a callback is delivered; a new one joins by an entry. */
const ways: Record<string, (to: string) => Promise<CliResult>> = {
	fire: (to) => callsim(['fire', 'bayarcash/transaction-success', '--to', to, ...pace]),
	run: (to) =>
		folderWith({ 'one.yaml': scenario }).callsim(['run', 'one.yaml', '--to', to, ...pace]),
	digest: (to) => callsim(['fire', 'transfez/transaction-completed', '--to', to, ...pace]),
};

const told = ({ kind, status, phase, cause }: Json) =>
	[kind, status ?? phase ?? cause].filter((part) => part !== undefined).join(' ');

/** What keeps a process from ending; the servers of the test are there before and after. */
const held = () =>
	process
		.getActiveResourcesInfo()
		.filter((name) =>
			/^(TCPSocketWrap|TCPConnectWrap|TLSWrap|Timeout|GetAddrInfoReqWrap)$/.test(name),
		)
		.sort();

const table = faults.flatMap((fault) => Object.keys(ways).map((way) => ({ ...fault, way })));

test.each(table)('$name comes to $outcome on the way of $way, and nothing stays', async (row) => {
	const {
		way,
		act,
		outcome,
		acknowledged = false,
		digestRequests = 1,
		digestOutcome = outcome,
	} = row;
	let requests = 0;
	const sockets = new Set<object>();
	const to = await serveTcp((socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		socket.on('data', (bytes) => {
			if (!/^POST /.test(bytes.toString('latin1'))) return;
			requests++;
			act(socket);
		});
	});
	const before = held();
	const { code, stdout, stderr } = await (ways[way] as (to: string) => Promise<CliResult>)(to);
	const attempts = jsonLines(stdout).filter(({ type }) => type === 'attempt');
	expect(attempts.map((attempt) => told(attempt['outcome'] as Json))).toEqual([
		way === 'digest' ? digestOutcome : outcome,
	]);
	expect({ code, requests }).toEqual({
		code: acknowledged ? 0 : 1,
		// Nothing is sent again in silence: a callback goes out as often as is told.
		requests: way === 'digest' ? digestRequests : 1,
	});
	expect(stderr).not.toMatch(/bug in callsim|^ {4}at /m);
	await expect.poll(() => sockets.size).toBe(0);
	expect(held().length).toBeLessThanOrEqual(before.length);
});
