import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { checked } from '../support/checked.ts';
import { callsim } from '../support/run-cli.ts';
import { closedPort } from '../support/server.ts';

const script = fileURLToPath(new URL('../support/crashing-shop.js', import.meta.url));

/** Where a shop will listen that ends by itself, and what starts it. */
async function crashing(what: 'method' | 'type') {
	const port = await closedPort();
	const origin = `http://127.0.0.1:${port}`;
	const flags = [
		...['--setup-url', `${origin}/setup/{reference}?amount={amount}`],
		...['--probe-url', `${origin}/orders/{reference}`],
	];
	return { origin, flags, command: `'${process.execPath}' '${script}' ${port} ${what}` };
}

const several = ['--only', 'method,duplicate,name-pipe,genuine-success,late-failure,csrf-exempt'];

test('a case that brings the receiver down among others is found, told with its log, and the run goes on', async () => {
	const { origin, flags, command } = await crashing('method');
	const { of, ruleOf, code } = await checked(origin, [...flags, ...several, '--exec', command]);
	expect([of('failed'), of('passed').length, code]).toEqual([['method'], 5, 1]);
	const method = ruleOf('method');
	expect(method?.level).toBe('must');
	expect(method?.reason).toContain('went down (exit code 1)');
	expect(method?.evidence[0]?.log).toContain('TypeError: no method for ');
});

test('the log stands below the verdict', async () => {
	const { origin, flags, command } = await crashing('method');
	const args = ['check', 'bayarcash', '--to', `${origin}/callback`, ...flags];
	const { stdout } = await callsim([...args, '--only', 'method,duplicate', '--exec', command]);
	expect(stdout).toMatch(
		/^✗ method \(must\).*\n(.*\n)+? {4}log .*\n(.*\n)*?.*TypeError: no method/m,
	);
});

test('cases that bring it down by the same error are told once', async () => {
	const { origin, flags, command } = await crashing('type');
	const only = ['--only', 'content-type-missing,content-type-wrong,json-body,duplicate'];
	const { of, rules } = await checked(origin, [...flags, ...only, '--exec', command]);
	expect([of('failed').length, of('inconclusive').length]).toEqual([1, 2]);
	expect(rules.find(({ verdict }) => verdict === 'inconclusive')?.reason).toContain(
		`as ${of('failed')[0]} does: TypeError: no type for POST`,
	);
});

test('without --exec it is waited for as long as --wait-for says', async () => {
	const { origin, flags, command } = await crashing('method');
	const supervisor = spawn(`while :; do ${command}; sleep 1.5; done`, {
		shell: true,
		detached: true,
		stdio: 'ignore',
	});
	onTestFinished(() => {
		process.kill(-(supervisor.pid ?? 0), 'SIGKILL');
	});
	const { of, code } = await checked(origin, [...flags, ...several, '--wait-for', '30s']);
	expect([of('failed'), of('passed').length, code]).toEqual([['method'], 5, 1]);
});

test('one that stays away ends the run, which says after what', async () => {
	const { origin, flags, command } = await crashing('method');
	const once = spawn(command, { shell: true, detached: true, stdio: 'ignore' });
	onTestFinished(() => {
		once.kill();
	});
	const found = await checked(origin, [...flags, '--only', 'duplicate', '--wait-for', '30s']);
	expect(found.of('passed')).toEqual(['duplicate']);
	const only = ['--only', 'method,duplicate,healthy-at-the-end'];
	const { of, ruleOf } = await checked(origin, [...flags, ...only]);
	expect(of('failed')).toContain('healthy-at-the-end');
	expect(ruleOf('healthy-at-the-end')?.reason).toMatch(
		/went down after .*method \(.*--only tells which/,
	);
});
