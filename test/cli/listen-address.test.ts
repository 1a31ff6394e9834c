import { spawn } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { announced } from '../../src/receiver/announced.ts';
import { type CliResult, callsim } from '../support/run-cli.ts';
import { needs } from '../support/tools.ts';

const hasIPv6 = Object.values(networkInterfaces()).some((all) =>
	all?.some(({ address }) => address === '::1'),
);
const sixth = hasIPv6 ? ['::', '::1', '[::1]', '::ffff:127.0.0.1', '::ffff:0.0.0.0'] : [];

/** `listen` on a host, and `fire` at whatever it announces. */
async function firedAtWhatListens(host: string) {
	let fired: Promise<CliResult> | undefined;
	const heard = await callsim(['listen', 'bayarcash', '--host', host, '--port', '0'], {
		onStdout: (text, kill) => {
			const url = /^listening on (\S+)\n/.exec(text)?.[1];
			if (url === undefined || fired !== undefined) return;
			fired = callsim(['fire', 'bayarcash/transaction-success', '--to', url, '--retry', 'none']);
			void fired.finally(() => kill('SIGINT'));
		},
	});
	return { heard, fired: await fired };
}

describe('what listen announces', () => {
	test.each(['127.0.0.1', '0.0.0.0', 'localhost', ...sixth])(
		'fire reaches, for --host %s',
		async (host) => {
			const { heard, fired } = await firedAtWhatListens(host);
			expect(fired).toMatchObject({
				code: 0,
				stderr: expect.not.stringContaining('error') as string,
			});
			expect(heard.stdout).toContain('genuine');
			expect(heard.stderr.includes('on all interfaces')).toBe(
				['0.0.0.0', '::', '::ffff:0.0.0.0'].includes(host),
			);
		},
	);

	test('is no address that means every one', () => {
		const url = (address: string) => announced({ address, port: 4747 }).url;
		expect(url('0.0.0.0')).toBe('http://127.0.0.1:4747');
		expect(url('::')).toBe('http://127.0.0.1:4747');
		expect(url('192.168.1.7')).toBe('http://192.168.1.7:4747');
		expect(url('fd00::7')).toBe('http://[fd00::7]:4747');
	});

	test('an empty host is refused, and not taken for every interface', async () => {
		const { code, stdout, stderr } = await callsim(['listen', '--host', '', '--port', '0'], {
			onStdout: (_, kill) => kill('SIGINT'),
		});
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toContain('error value-missing: --host is empty');
	});

	test.skipIf(!hasIPv6)('fire takes [::], which dials this machine', async () => {
		let fired: Promise<CliResult> | undefined;
		await callsim(['listen', 'bayarcash', '--host', '::', '--port', '0', '--json'], {
			onStdout: (text, kill) => {
				const port = /:(\d+)"/.exec(text)?.[1];
				fired ??= callsim([
					'fire',
					'bayarcash/transaction-success',
					'--to',
					`http://[::]:${port}/`,
				]);
				void fired.finally(() => kill('SIGINT'));
			},
		});
		expect(await fired).toMatchObject({ code: 0 });
	});
});

describe.skipIf(!needs('unshare', 'ip'))('in a network of its own', () => {
	const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
	/** Until it says something about its address; `unshare` and the shell become the command, so that the signal is its. */
	function listening(host: string): Promise<Pick<CliResult, 'code' | 'stderr'>> {
		const addresses =
			'ip link set lo up; ip addr add 203.0.113.5/32 dev lo; ip -6 addr add fe80::5/64 dev lo nodad';
		const command = `exec "${process.execPath}" "${bin}" listen --host ${host} --port 0`;
		const child = spawn('unshare', ['-rn', 'sh', '-c', `${addresses}; ${command}`]);
		onTestFinished(() => void child.kill());
		let stderr = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
			if (stderr.includes('note: ')) child.kill('SIGINT');
		});
		return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
	}

	test.skipIf(!hasIPv6)(
		'an address with a zone is refused, because no URL can name it',
		async () => {
			const { code, stderr } = await listening('fe80::5%lo');
			expect(code).toBe(2);
			expect(stderr).toContain('error usage: --host "fe80::5%lo" has a zone');
		},
	);

	test('a public address of this machine says what fire needs', async () => {
		expect((await listening('203.0.113.5')).stderr).toContain('--allow-remote');
	});
});
