import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, type SandboxOptions, sandbox } from 'callback-simulator';
import auth from 'http-auth';
import { onTestFinished } from 'vitest';
import { type Answer, call } from './open-sandbox.ts';
import { answering, type Seen } from './server.ts';

export const key = 'api-key-demo';
export const apiSecret = 'api-secret-demo';

/** A sandbox of Transfez alone, and a shop that answers with these statuses in turn. */
export async function openTransfez(
	options: SandboxOptions = {},
	statuses: readonly number[] = [200],
): Promise<{ box: Sandbox; shop: string; seen: Seen[]; api: Api }> {
	const shop = await answering(...statuses);
	const box = await sandbox({ providers: ['transfez'], ...options });
	onTestFinished(() => box.close());
	const api: Api = (method, path, body, headers = {}) =>
		call(method, `${box.url}/api/v1${path}`, body, { authorization: key, ...headers });
	return { box, shop: shop.url, seen: shop.seen, api };
}

export type Api = (
	method: string,
	path: string,
	body?: unknown,
	headers?: Record<string, string>,
) => Promise<Answer>;

/** The npm package http-auth: a receiver that asks for Digest, and is not ours. */
export async function digestShop(): Promise<{ url: string; bodies: string[] }> {
	const realm = 'transfez';
	const ha1 = createHash('md5').update(`${key}:${realm}:${apiSecret}`).digest('hex');
	const file = join(mkdtempSync(join(tmpdir(), 'callsim-transfez-')), 'users.htdigest');
	writeFileSync(file, `${key}:${realm}:${ha1}\n`);
	const bodies: string[] = [];
	const digest = auth.digest({ realm, file, algorithm: 'MD5' });
	const server = createServer(
		digest.check(async (request, response) => {
			let body = '';
			for await (const chunk of request) body += String(chunk);
			bodies.push(body);
			response.end(`welcome ${request.user}`);
		}),
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.close();
		server.closeAllConnections();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, bodies };
}

/** The request that the documentation shows for a transfer within Indonesia. */
export const localTransfer = (more: Readonly<Record<string, unknown>> = {}) => ({
	reference_id: 'LOCAL-TRX-REFERENCE-001',
	payer_id: 4,
	mode: 'DESTINATION',
	sender: { firstname: 'John', lastname: 'Doe', country_iso_code: 'IDN' },
	source: { currency: 'IDR', country_iso_code: 'IDN' },
	destination: { amount: '20000', currency: 'IDR', country_iso_code: 'IDN' },
	beneficiary: {
		firstname: 'BRI',
		lastname: 'Simulator A',
		country_iso_code: 'IDN',
		account: '111112222233333',
	},
	compliance: {
		source_of_funds: 'CASH',
		beneficiary_relationship: 'SIBLING_BROTHER_SISTER',
		purpose_of_remittance: 'FAMILY_SUPPORT',
	},
	...more,
});

/** And for one to another country. */
export const transferAbroad = (more: Readonly<Record<string, unknown>> = {}) => ({
	...localTransfer(),
	reference_id: 'TRX-REFERENCE-002',
	payer_id: 161,
	destination: { amount: '10000', currency: 'GBP', country_iso_code: 'GBR' },
	beneficiary: { firstname: 'Zofia', lastname: 'Cope', country_iso_code: 'GBR', account: '123456' },
	...more,
});

/** The transfer that a callback brings, whatever its envelope. */
export const transferIn = ({ body }: Pick<Seen, 'body'>) => {
	const read = JSON.parse(body.toString('utf8'));
	return read.data?.[0] ?? read;
};
