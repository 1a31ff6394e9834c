/**
 * Verifies callbacks the way a merchant's code would, from the vendors' pages alone: nothing here imports the product,
 * so that a mistake in composing cannot hide in the check.
 */
import { createHash, createHmac } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import type { Seen } from './server.ts';

export const keys = {
	bayarcash: 'sim_bayarcash_secret_0123456789ab',
	iak: { username: '081234567890', apiKey: 'dev0123456789abcdef' },
	transfez: { apiKey: 'api-key-demo', apiSecret: 'api-secret-demo' },
};

type Fields = Record<string, unknown>;

export function parsedBody(seen: Pick<Seen, 'headers' | 'body' | 'url' | 'method'>): Fields {
	if (seen.method === 'GET')
		return Object.fromEntries(new URLSearchParams(seen.url.slice(seen.url.lastIndexOf('?') + 1)));
	const text = seen.body.toString('utf8');
	const type = seen.headers['content-type'] ?? '';
	if (type.startsWith('application/json')) return JSON.parse(text) as Fields;
	if (type.startsWith('application/xml'))
		return new XMLParser({ parseTagValue: false, ignoreDeclaration: true }).parse(text) as Fields;
	return Object.fromEntries(new URLSearchParams(text));
}

/** What Bayarcash signs of a transaction. */
export const transaction = [
	'record_type',
	'transaction_id',
	'exchange_reference_number',
	'exchange_transaction_id',
	'order_number',
	'currency',
	'amount',
	'payer_name',
	'payer_email',
	'payer_bank_name',
	'status',
	'status_description',
	'datetime',
];
const receipt = [
	'transaction_id',
	'exchange_reference_number',
	'exchange_transaction_id',
	'order_number',
	'currency',
	'amount',
	'payer_bank_name',
	'status',
	'status_description',
];

const authorization = [...transaction, 'mandate_id', 'application_type'];
const approval = [
	'record_type',
	'approval_date',
	'approval_status',
	'mandate_id',
	'mandate_reference_number',
	'order_number',
	'payer_bank_code_hashed',
	'payer_bank_code',
	'payer_bank_account_no',
	'application_type',
];
const collection = [
	'record_type',
	'batch_number',
	'mandate_id',
	'mandate_reference_number',
	'transaction_id',
	'datetime',
	'reference_number',
	'amount',
	'status',
	'status_description',
	'cycle',
];

export function bayarcashIsGenuine(
	fields: Fields,
	options: readonly string[] = [],
	key = keys.bayarcash,
): boolean {
	const type = fields['record_type'];
	const names = signedNames(fields, type, options);
	const text = [...names]
		.sort()
		.map((name) => (fields[name] == null ? '' : String(fields[name])))
		.join('|');
	return createHmac('sha256', key).update(text).digest('hex') === fields['checksum'];
}

export function iakIsGenuine(envelope: Fields): boolean {
	const data = (envelope['data'] ?? envelope['mp']) as Fields;
	return (
		createHash('md5')
			.update(`${keys.iak.username}${keys.iak.apiKey}${String(data['ref_id'])}`)
			.digest('hex') === data['sign']
	);
}

export function transferToHmacIsGenuine(headers: Seen['headers']): boolean {
	const { apiKey, apiSecret } = keys.transfez;
	const nonce = String(headers['x-transferto-nonce']);
	return (
		headers['x-transferto-apikey'] === apiKey &&
		createHmac('sha256', apiSecret)
			.update(apiKey + nonce)
			.digest('base64') === headers['x-transferto-hmac']
	);
}

const digest = { realm: 'shop', nonce: 'f00d' };
export const digestChallenge = `Digest realm="${digest.realm}", nonce="${digest.nonce}", qop="auth"`;

/** An answer to the challenge, recomputed from RFC 7616 alone. */
export function digestIsGenuine(
	authorization: string,
	method: string,
	uri: string,
	nonce = digest.nonce,
): boolean {
	const { apiKey, apiSecret } = keys.transfez;
	const pairs = authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g);
	const said = Object.fromEntries(
		[...pairs].map(([, name = '', quoted, bare]) => [name, quoted ?? bare ?? '']),
	);
	const md5 = (text: string) => createHash('md5').update(text).digest('hex');
	const who = md5(`${apiKey}:${digest.realm}:${apiSecret}`);
	const what = md5(`${method}:${uri}`);
	const expected = md5([who, nonce, said['nc'], said['cnonce'], said['qop'], what].join(':'));
	return said['uri'] === uri && said['username'] === apiKey && said['response'] === expected;
}

function signedNames(fields: Fields, type: unknown, options: readonly string[]): string[] {
	if (type === 'pre_transaction')
		return [
			'record_type',
			'exchange_reference_number',
			'order_number',
			...(options.includes('4-fields') ? ['transaction_id'] : []),
		];
	if (type === 'authorization')
		return options.includes('14-fields')
			? authorization.filter((name) => name !== 'application_type')
			: authorization;
	if (type === 'bank_approval') return approval;
	if (type === undefined) return receipt;
	return 'batch_number' in fields ? collection : transaction;
}
