import { expect, test } from 'vitest';
import { composed } from '../support/catalogue.ts';
import { attemptWith } from '../support/deliver.ts';
import { serveTcp } from '../support/server.ts';
import { wireAnswers } from '../support/wire-answers.ts';

test.each(wireAnswers)(
	'$name is one outcome, and the next attempt is not disturbed',
	async (row) => {
		const url = await serveTcp((socket) => socket.once('data', () => row.answer(socket)));
		const { request } = await composed('iak/pulsa-success', {}, { target: new URL(url) });
		const attempt = attemptWith({ timeout: 5_000 });
		for (const at of [0, 1]) {
			const { outcome } = await attempt(request, at, undefined);
			expect(outcome).toMatchObject(row.outcome);
			if (outcome.kind === 'answered') {
				expect(outcome.truncated).toBe(row.truncated);
				expect(outcome.body.length).toBeLessThanOrEqual(65_536);
			}
		}
	},
);
