import { describe, expect, test } from 'vitest';
import { cutOff } from '../../src/journal/next-step.ts';
import { deliveryOf, record } from '../support/journal-records.ts';

const [run, sent] = [record('run'), record('delivery')];
const ten = Date.parse('2026-11-28T10:00:00Z');
const attempt = (number: number, outcome: object, more: object = {}) =>
	record('attempt', {
		...{ attempt: number, offsetMs: (number - 1) * 1000, acknowledged: false },
		...{ outcome, ...more },
	});
const answered = (status: number) => ({ kind: 'answered', status, headers: {}, body: '' });
const unreachable = { kind: 'unreachable', cause: 'refused', detail: '', tookMs: 1 };

describe('what is left of a delivery', () => {
	test('is nothing where it was acknowledged, given up, or never meant to be sent', () => {
		for (const why of ['acknowledged', 'gave-up', 'never-reached'])
			expect(cutOff(deliveryOf(run, sent, record('finished', { why })))).toBeUndefined();
		expect(cutOff(deliveryOf(run, sent, record('summary')))).toBeUndefined();
		const acknowledged = attempt(1, answered(200), { acknowledged: true });
		expect(cutOff(deliveryOf(run, sent, acknowledged))).toBeUndefined();
	});

	test('is all of one that was interrupted before its first attempt', () => {
		const ended = record('finished', { why: 'interrupted' });
		expect(cutOff(deliveryOf(run, sent, ended))).toEqual({
			...{ attempts: 0, lost: undefined, lastStatus: null, reached: false, offsetMs: 0 },
			...{ dueAt: undefined, pauseMs: undefined, lastAt: undefined },
		});
	});

	test('begins behind the last attempt that was made', () => {
		const made = [attempt(1, answered(500)), attempt(2, unreachable)];
		expect(cutOff(deliveryOf(run, sent, ...made))).toEqual({
			...{ attempts: 2, lost: undefined, lastStatus: 500, reached: true, offsetMs: 1000 },
			...{ dueAt: undefined, pauseMs: undefined, lastAt: ten },
		});
		expect(cutOff(deliveryOf(run, sent, attempt(1, unreachable)))).toMatchObject({
			...{ lastStatus: null, reached: false },
		});
	});

	test('is due when the pause that was begun is over', () => {
		const waiting = record('waiting', { attempt: 2, offsetMs: 1500, waitMs: 700 }, 3);
		expect(cutOff(deliveryOf(run, sent, attempt(1, answered(500)), waiting))).toMatchObject({
			...{ attempts: 1, offsetMs: 1500, dueAt: ten + 3700, pauseMs: 700 },
		});
	});

	test('is told by the schedule where the pause was before an attempt that is over', () => {
		const waiting = record('waiting', { attempt: 1, offsetMs: 1500, waitMs: 700 });
		expect(cutOff(deliveryOf(run, sent, attempt(1, answered(500)), waiting))).toMatchObject({
			...{ attempts: 1, offsetMs: 0, dueAt: undefined, pauseMs: undefined },
		});
	});

	test('counts the attempt of which nobody knows the outcome, and names it', () => {
		const trying = record('trying', { attempt: 2, offsetMs: 1000 }, 4);
		expect(cutOff(deliveryOf(run, sent, attempt(1, answered(503)), trying))).toEqual({
			...{ attempts: 2, lost: 2, lastStatus: 503, reached: true, offsetMs: 1000 },
			...{ dueAt: undefined, lastAt: ten + 4000 },
		});
	});
});
