import { describe, expect, test } from 'vitest';
import { deliveriesIn } from '../../src/journal/deliveries.ts';
import { entriesIn } from '../../src/journal/entries.ts';
import { deliveryOf, record } from '../support/journal-records.ts';

const [run, sent, trying] = [record('run'), record('delivery'), record('trying')];
const refused = record('attempt', { acknowledged: false }, 1);

describe('a delivery of the journal', () => {
	test('has what its run said, its attempts, and how it ended', () => {
		expect(deliveryOf(run, sent, trying, refused, record('finished'))).toMatchObject({
			...{ id: 'r1.1', command: 'fire', cwd: '/shop', record: sent, attempts: [refused] },
			...{ inFlight: undefined, waiting: undefined, why: 'acknowledged', process: { pid: 1 } },
		});
	});

	test('is under way from the record before an attempt to the one behind it', () => {
		const waiting = record('waiting');
		expect(deliveryOf(run, sent, waiting, trying)).toMatchObject({ inFlight: trying });
		expect(deliveryOf(run, sent, waiting, trying).waiting).toBeUndefined();
		expect(deliveryOf(run, sent, trying, refused).inFlight).toBeUndefined();
		expect(deliveryOf(run, sent, trying, refused, waiting)).toMatchObject({ waiting });
	});

	test('that is waited for again has not ended', () => {
		const ended = record('finished', { why: 'interrupted' });
		expect(deliveryOf(run, sent, ended, record('waiting')).why).toBeUndefined();
	});

	test('is not sent where its run came to an end without it, unless a signal ended that', () => {
		const over = (exitCode: number) => record('summary', { exitCode });
		expect(deliveryOf(run, sent, over(2)).why).toBe('not-sent');
		expect(deliveryOf(run, sent, over(128)).why).toBe('not-sent');
		expect(deliveryOf(run, sent, over(130)).why).toBeUndefined();
		expect(deliveryOf(run, sent).why).toBeUndefined();
		expect(deliveryOf(run, sent, trying, over(1)).why).toBeUndefined();
		expect(deliveryOf(run, sent, trying, refused, over(1)).why).toBeUndefined();
	});

	test('is worked on by whoever began its run, or went on with it, until that is over', () => {
		expect(deliveryOf(run, sent).process).toEqual({ pid: 1 });
		expect(deliveryOf(run, sent, record('summary')).process).toBeUndefined();
		const resumed = deliveryOf(run, sent, record('summary'), record('resumed'));
		expect(resumed).toMatchObject({ process: { pid: 2 }, why: undefined });
	});

	test('is told without a run of which the beginning was pruned', () => {
		const rest = [record('pruned'), record('resumed'), sent, record('summary')];
		expect(deliveryOf(...rest)).toMatchObject({ command: '', cwd: '/', process: undefined });
	});

	test('is none where only what followed it is left', () => {
		const rest = [trying, refused, record('waiting'), record('finished'), record('received')];
		expect(deliveriesIn([run, ...rest, record('checked')])).toEqual([]);
	});

	test('is another in each run', () => {
		const others = [record('run', { run: 'r2' }), record('delivery', { run: 'r2' })];
		expect(deliveriesIn([run, sent, ...others]).map(({ id }) => id)).toEqual(['r1.1', 'r2.1']);
	});
});

describe('the history', () => {
	test('is newest first, and numbers what one run heard', () => {
		const heard = record('received', { run: 'l1' }, 4);
		const records = [
			...[run, record('delivery', {}, 3), record('checked', { run: 'c1' }, 1), heard],
			...[record('received', { run: 'l1' }, 5), record('received', { run: 'l2' }, 2)],
		];
		expect(entriesIn(records).map(({ kind, id }) => `${kind} ${id}`)).toEqual([
			...['received l1.2', 'received l1.1', 'delivery r1.1', 'received l2.1', 'checked c1'],
		]);
	});

	test('has what was written later at one moment above', () => {
		const ids = Array.from({ length: 30 }, (_, at) => `c${at}`);
		const records = ids.map((id) => record('checked', { run: id }));
		expect(entriesIn(records).map(({ id }) => id)).toEqual([...ids].reverse());
	});
});
