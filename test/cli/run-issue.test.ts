import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { needs } from '../support/tools.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));

/** The example of issue 5, word for word. */
const example = `name: a paid order survives a late failure
provider: bayarcash
vars: { order: "ORD-\${seq}" }            # seq: 1, 2, … within the run; env.NAME, steps.N.response.…, steps.N.probe.… are there too
set: { order_number: "\${vars.order}" }
steps:
  - fire: pre-transaction
  - fire: transaction-success
    expect: { status: 200, within: 2s, attempts: 1 }
    probe: { url: "http://localhost:3000/orders/\${vars.order}", equals: { state: paid } }
  - fire: transaction-failed
    set: { transaction_id: trx_LATE01 }
    after: 10m                            # provider time, compressed by --speed
    expect: { status: 2xx }
    probe: { command: "sqlite3 -json app.db \\"select state from orders where no='\${vars.order}'\\"", equals: [{ state: paid }] }
`;

const receiver = `
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
const sql = (text) => execFileSync('sqlite3', ['-json', 'app.db', text], { encoding: 'utf8' });
sql('create table if not exists orders (no text primary key, state text, trx text)');
createServer(async (request, response) => {
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	if (request.method === 'GET') {
		const rows = sql(\`select no, state from orders where no='\${request.url.split('/').at(-1)}'\`).trim();
		return rows === '' ? response.writeHead(404).end() : response.end(JSON.stringify(JSON.parse(rows)[0]));
	}
	const { order_number, status, transaction_id } = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
	if (process.env.MISTAKE === 'refuses' && status === '3') return response.writeHead(503).end('later');
	sql(\`insert or ignore into orders values ('\${order_number}', 'new', '')\`);
	if (status === '3') sql(\`update orders set state='paid', trx='\${transaction_id}' where no='\${order_number}'\`);
	if (status === '2') sql(\`update orders set state='failed' where no='\${order_number}' and (state<>'paid' or '\${process.env.MISTAKE}'='late')\`);
	response.end('OK');
}).listen(3000, '127.0.0.1');
`;

/** In a network of its own, because port 3000 may be somebody's. */
function inNamespace(
	mistake: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
	const folder = folderWith({ 'late.yaml': example, 'receiver.mjs': receiver });
	const command = `ip link set lo up; exec "${process.execPath}" "${bin}" run late.yaml --to localhost:3000/callback --speed max --exec "node receiver.mjs"`;
	const child = spawn('unshare', ['-rn', 'sh', '-ec', command], {
		cwd: folder.path,
		env: { PATH: process.env['PATH'], MISTAKE: mistake },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let [stdout, stderr] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	return new Promise((resolve, reject) => {
		child.once('error', reject).once('close', (code) => resolve({ code, stdout, stderr }));
	});
}

describe.skipIf(!needs('unshare', 'ip', 'sqlite3'))('the example of the issue', () => {
	test('is green against a receiver that is right', async () => {
		const { code, stdout, stderr } = await inNamespace('');
		expect(stdout).toContain('✓ 1 scenario passed, 3 of 3 steps passed');
		expect(stderr).not.toContain('the receiver printed');
		expect(code).toBe(0);
	});

	test('is red at the last step where a late failure undoes the payment', async () => {
		const { code, stdout } = await inNamespace('late');
		expect(stdout).toContain('✓ 2 bayarcash/transaction-success');
		const [, failure = ''] = stdout.split('✗ 3 bayarcash/transaction-failed');
		expect(failure).toMatch(
			/expected {3}\[0\]\.state: "paid"\n\s+got {8}"failed"\n\s+at {9}late\.yaml:10\n\s+reproduce {2}callsim fire /,
		);
		expect(failure).toContain('--set order_number=ORD-1 --set transaction_id=trx_LATE01');
		expect(code).toBe(1);
	});

	test('is red at the second step where the receiver refuses the payment', async () => {
		const { code, stdout } = await inNamespace('refuses');
		const [, failure = ''] = stdout.split('✗ 2 bayarcash/transaction-success');
		expect(failure).toMatch(
			/^\n\s+expected {3}status 200\n\s+got {8}status 503\n\s+expected {3}1 attempt\n\s+got {8}5 attempts\n\s+expected {3}state: "paid"\n\s+got {8}"new"\n\s+at {9}late\.yaml:7\n/,
		);
		expect(code).toBe(1);
	});
});
