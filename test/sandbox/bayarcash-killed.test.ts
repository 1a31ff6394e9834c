import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call, intentFields, openSandbox, portalKey } from '../support/open-sandbox.ts';
import { scratch } from '../support/scratch.ts';

test('an Idempotency-Key whose first request a kill has ended can be used again', async () => {
	const state = join(scratch(), 'state.jsonl');
	const fields = intentFields();
	const fingerprint = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
	const now = '2026-01-05T10:00:00+08:00';
	const left = { fingerprint, at: Date.parse(now) - 60_000 };
	const lines = [
		{ callsim: 'sandbox', v: 1 },
		{ kind: 'bayarcash idempotency', id: `${portalKey} k`, value: left },
	];
	writeFileSync(state, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
	const { box } = await openSandbox({ state, now });
	const url = `${box.url}/v3/payment-intents`;
	const key = { 'idempotency-key': 'k' };
	const [first, again] = [
		await call('POST', url, fields, key),
		await call('POST', url, fields, key),
	];
	expect([first.status, again.json.id]).toEqual([200, first.json.id]);
});
