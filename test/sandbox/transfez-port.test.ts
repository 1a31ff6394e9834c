import { fire, type SandboxPortOptions } from 'callback-simulator';
import { expect, test } from 'vitest';
import { type Answer, call } from '../support/open-sandbox.ts';
import { key, transferIn } from '../support/open-transfez.ts';
import { serve } from '../support/server.ts';

type Fire = Parameters<typeof fire>[1];

/** A shop that asks for the transfer that it is told of before it answers. */
async function asking() {
	const answers: Answer[] = [];
	let api = '';
	const { url, seen } = await serve(async (_, response) => {
		const path = `${api}/api/v1/transactions/124`;
		answers.push(await call('GET', path, undefined, { authorization: key }));
		response.end('OK');
	});
	const port: SandboxPortOptions = {
		sandboxPort: 0,
		onSandbox: (told) => {
			api = told;
		},
	};
	const fired = async (events: string, more: Omit<Fire, 'to'> = {}) => {
		await fire(events.split(' '), { ...port, retry: 'none', to: url, ...more });
		return answers.map(({ json }) => json.data);
	};
	return { fired, answers, seen };
}

test('a transfer can be asked for before its callback has been answered, and says the same', async () => {
	const { fired, seen } = await asking();
	const events = 'transfez/transaction-submitted transfez/transaction-completed';
	const told = await fired(events, { set: { 'beneficiary.account': '00010000' } });
	expect(told.map(({ state }) => state)).toEqual(['submitted', 'completed']);
	for (const [at, answer] of told.entries())
		expect(answer).toMatchObject(transferIn(seen[at] as never));
	expect(told[1]).toMatchObject({ state_id: 5, beneficiary: { account: '00010000' } });
});

test('what comes late changes nothing, a refund of what is completed does', async () => {
	const { fired } = await asking();
	const events = ['completed', 'submitted', 'created', 'refunded', 'completed'];
	const told = await fired(events.map((word) => `transfez/transaction-${word}`).join(' '));
	expect(told.map(({ state }) => state)).toEqual([
		...['completed', 'completed', 'completed', 'refunded', 'refunded'],
	]);
});

test('a state that nobody knows is told as it is', async () => {
	const { fired } = await asking();
	const [told] = await fired('transfez/transaction-submitted', { set: { state: 'on_hold' } });
	expect(told).toMatchObject({ state: 'on_hold', paid_at: '2020-04-09T10:52:37.000Z' });
});

test.each([
	['unsigned', { unsigned: true }],
	['with a wrong key', { wrongKey: true }],
	['raw bytes', { rawBody: '{"id":124,"reference_id":"TRX124","state":"completed"}' }],
])('a callback that is %s changes nothing there', async (_, broken) => {
	const { fired, answers } = await asking();
	await fired('transfez/transaction-submitted', broken);
	expect(answers.map(({ status }) => status)).toEqual([404]);
});
