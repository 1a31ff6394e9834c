import { describe, expect, test } from 'vitest';
import {
	eventAbout,
	eventSearch,
	nameOf,
	statusSearch,
} from '../../../src/cli/picker/offer-events.ts';
import { isOnThisMachine, targetsOffered } from '../../../src/cli/picker/offer-targets.ts';
import {
	asUsual,
	type Fault,
	wayOptions,
	waySettings,
	waysSaid,
	withWay,
} from '../../../src/cli/picker/offer-ways.ts';
import { nextInLife } from '../../../src/cli/picker/order-life.ts';
import { reachOf } from '../../../src/delivery/reach.ts';
import { catalogue, eventOf as event } from '../../support/catalogue.ts';

const providers = catalogue.providers.map(({ id }) => id);
const namesOf = (options: readonly { readonly name: string }[]) => options.map(({ name }) => name);
const own = (provider: string) => catalogue.events.filter((one) => one.provider.id === provider);

describe('events and scenarios', () => {
	test.each(providers)('%s: what settles an order is the first, everything is there once', (id) => {
		const { options } = eventSearch(id, catalogue);
		const scenarios = catalogue.scenarios.filter(({ provider }) => provider === id);
		expect(options[0]?.name).toBe(own(id)[0]?.provider.lifecycle?.success);
		expect(options).toHaveLength(own(id).length + scenarios.length);
		expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
	});

	test.each(providers)('%s: each stands under one heading, and scenarios are the last', (id) => {
		const groups = eventSearch(id, catalogue).options.map(({ group }) => group);
		const headings = groups.filter((group, at) => group !== groups[at - 1]);
		expect(headings).toEqual([...new Set(groups)]);
		expect(headings.at(0)).toBe('The usual ones');
		expect(headings.at(-1)).toBe('Scenarios');
	});

	test.each([
		['bayarcash/transaction-success', 'Success · 3 · form · checksum'],
		['bayarcash/receipt-success', 'Success · 3 · query · checksum'],
		['bayarcash/transaction-second-attempt', 'Second attempt · 3 · form · checksum'],
		['iak/pulsa-success', 'Pulsa success · 1 · json · sign'],
		['transfez/transaction-declined', 'Declined · declined · json · digest'],
		['bayarcash/manual-transfer', 'Manual transfer · 3 · form · unsigned'],
	])('%s is described as %j', (id, about) => {
		expect(eventAbout(event(id))).toBe(about);
	});

	test.each(providers)('%s: "success" lists no failure before a success', (id) => {
		const names = namesOf(eventSearch(id, catalogue).offered('success'));
		const paid = own(id)[0]?.provider.lifecycle?.success ?? '';
		const isSuccess = (name: string) => name.includes('success') || name === paid;
		const first = names.findIndex((name) => !isSuccess(name));
		expect(names.length).toBeGreaterThan(0);
		expect(first < 0 ? [] : names.slice(first).filter(isSuccess)).toEqual([]);
	});

	test.each([
		['transaction-success', 'its name'],
		['TRANSACTION-SUCC', 'in capitals'],
		['bayarcash/transaction-success', 'its whole id'],
		['trans succ', 'parts of words'],
		['approved transaction', 'its title, words in any order'],
		['checksum form 3', 'status and way'],
	])('%j finds it: %s', (typed) => {
		expect(namesOf(eventSearch('bayarcash', catalogue).offered(typed))).toContain(
			'transaction-success',
		);
	});

	test('scenarios are found by their titles, and nothing where nothing matches', () => {
		const { offered } = eventSearch('bayarcash', catalogue);
		expect(namesOf(offered('ordinary life of a payment'))).toEqual(['payment']);
		expect(offered('zzz')).toEqual([]);
	});

	test('statuses are events alone', () => {
		const { options } = statusSearch(own('khoins'));
		expect(options.map(({ value }) => value.id)).toEqual(
			expect.arrayContaining(own('khoins').map(({ id }) => id)),
		);
	});
});

describe('what may happen to an order next', () => {
	const next = (provider: string, ...sent: readonly string[]) => {
		const found = nextInLife(
			own(provider),
			catalogue.scenarios.filter((scenario) => scenario.provider === provider),
			sent,
		);
		return found && [nameOf(found.event.id), found.what, found.newAttempt];
	};
	test.each<[string, readonly string[], unknown]>([
		['bayarcash', ['pre-transaction'], ['transaction-pending', 'it is under way', false]],
		['bayarcash', ['transaction-pending'], ['transaction-success', 'it is paid', false]],
		['bayarcash', ['transaction-success'], ['transaction-failed', 'a late failure', false]],
		['bayarcash', ['transaction-success', 'transaction-failed'], undefined],
		[
			'bayarcash',
			['transaction-failed'],
			['transaction-second-attempt', 'a second attempt', false],
		],
		['bayarcash', ['transaction-failed', 'transaction-second-attempt'], undefined],
		['bayarcash', ['transaction-second-attempt'], ['transaction-failed', 'a late failure', false]],
		[
			'bayarcash',
			['dd-authorization-success'],
			['dd-bank-approval-approved', 'as in a shipped scenario', false],
		],
		['iak', ['process'], ['pulsa-success', 'it is paid', false]],
		['iak', ['pulsa-success'], ['pulsa-failed', 'a late failure', false]],
		['iak', ['pulsa-failed'], undefined],
		['transfez', ['transaction-declined'], ['transaction-refunded', 'taken back', false]],
		['transfez', ['transaction-declined', 'transaction-refunded'], undefined],
		['khoins', [], undefined],
	])('%s after %j', (provider, sent, expected) => {
		expect(next(provider, ...sent)).toEqual(expected);
	});
});

describe('the ways of a callback', () => {
	const named = (id: string, ways = asUsual) =>
		wayOptions(event(id), ways, undefined, undefined)
			.slice(1)
			.map(({ name }) => name.slice(2));

	test('choices are offered where the message has them', () => {
		expect(named('bayarcash/transaction-success')).toContain('encoding: json');
		expect(named('bayarcash/manual-transfer')).toEqual(['duplicate at once']);
	});

	test.each<[string, readonly string[], readonly string[]]>([
		['bayarcash/transaction-success', [], ['forged', 'unsigned', 'wrong key']],
		// What is not signed may be changed by anybody, and no receiver can see it.
		['khoins/transaction-success', [], []],
		['transfez/transaction-completed', [], ['unsigned', 'wrong key']],
		['transfez/transaction-completed', ['hmac'], ['unsigned', 'wrong key']],
		['transfez/transaction-completed', ['none'], []],
		['iak/pulsa-success', ['unsigned'], []],
	])('%s under %j can be broken by %j', (id, options, faults) => {
		const all = named(id, { options, faults: [] });
		expect(all.filter((name) => ['forged', 'unsigned', 'wrong key'].includes(name))).toEqual(
			faults,
		);
	});

	test('a forger changes what is signed', () => {
		const forged = (id: string, amount?: string) =>
			waySettings(event(id), { options: [], faults: ['forged'] }, amount).tamper?.[0];
		expect(forged('bayarcash/transaction-success')).toEqual({
			path: 'amount',
			value: { kind: 'text', text: '1.00' },
		});
		expect(forged('bayarcash/transaction-success', '1.00')?.value).toMatchObject({ text: '2.00' });
		expect(forged('iak/pulsa-success')?.path).toBe('ref_id');
	});

	test('one option of a choice holds, and one mistake at a time', () => {
		const iak = event('iak/pulsa-success');
		const fault = (ways: typeof asUsual, name: Fault) =>
			withWay(iak, ways, { kind: 'fault', fault: name });
		const option = (ways: typeof asUsual, name: string) =>
			withWay(iak, ways, { kind: 'option', choice: 'names', option: name });
		expect(option(option(asUsual, 'v2'), 'live').options).toEqual(['live']);
		expect(option(option(asUsual, 'v2'), 'v1').options).toEqual([]);
		const broken = fault(fault(fault(asUsual, 'forged'), 'duplicate'), 'unsigned');
		expect(broken.faults).toEqual(['duplicate', 'unsigned']);
		expect(fault(broken, 'unsigned').faults).toEqual(['duplicate']);
	});

	test.each([
		{ encoding: 'json' },
		{ unsigned: true, retry: { kind: 'none' } },
		{ wrongKey: true, retry: { kind: 'none' } },
		{ duplicate: 2 },
	] as const)('%j is what its flags say, and the same as ways', (settings) => {
		const success = event('bayarcash/transaction-success');
		expect(waySettings(success, waysSaid(success, settings), undefined)).toEqual(settings);
	});
});

describe('targets', () => {
	const url = (text: string) => new URL(text);

	test('named ones come first, each once, and the usual place where there is none', () => {
		const named = [{ url: url('http://localhost:4000/cb'), from: 'callsim.yaml: iak' }];
		const used = ['http://localhost:5000/cb', 'http://localhost:4000/cb', 'no url'];
		expect(targetsOffered(named, used).map((one) => [one.url.port, one.from])).toEqual([
			['4000', 'callsim.yaml: iak'],
			['5000', 'used before'],
		]);
		expect(targetsOffered([], []).map((one) => one.url.href)).toEqual([
			'http://localhost:3000/callback',
		]);
	});

	test.each([
		['http://localhost:3000/', true],
		['http://127.0.0.5/', true],
		['http://[::1]:3000/', true],
		['http://shop.localhost/', true],
		['http://10.0.0.7/', false],
		['http://192.168.1.2:3000/', false],
		['http://[fd00::1]/', false],
		['http://0.0.0.0:3000/', false],
		['http://example.com/', false],
		['http://127.0.0.1.example.com/', false],
	])('%s is looked at beforehand: %s', (text, expected) => {
		expect(isOnThisMachine(url(text), reachOf({}))).toBe(expected);
	});

	test('a name is where --resolve says that it is', () => {
		const reach = (address: string) => reachOf({ resolve: { 'shop.test': address } });
		expect(isOnThisMachine(url('http://shop.test/'), reach('127.0.0.1'))).toBe(true);
		expect(isOnThisMachine(url('http://shop.test/'), reach('10.0.0.1'))).toBe(false);
	});
});
