import type { Received } from '../../src/capture/received.ts';
import type { CallbackEvent, ProviderFile } from '../../src/model/provider.ts';
import { Secret } from '../../src/model/secret.ts';
import type { VerdictContext } from '../../src/verify/verdict.ts';

/**
 * A provider small enough to be known by heart: payments are signed over a list of fields, payouts
 * with headers, with Digest or not at all.
 */
export const shop = {
	id: 'shop',
	title: 'Shop',
	zone: '+08:00',
	credentials: {
		user: { simulator: 'user-demo' },
		key: { simulator: 'key-demo' },
		password: { simulator: 'password-demo' },
	},
} as unknown as ProviderFile;

const payment = {
	method: 'POST',
	write: 'form',
	fields: ['id', 'order', 'sum', 'state', 'kind', 'note'],
	discriminators: ['kind'],
	roles: { id: 'id', reference: 'order', amount: 'sum', state: 'state' },
	signature: {
		over: { fields: ['id', 'order', 'state', 'sum'], join: '|' },
		algorithm: 'hmac-sha256',
		key: 'key',
		as: 'hex',
		into: { field: 'sign' },
	},
	choices: {
		encoding: {
			form: {},
			json: { write: 'json', wrap: { data: '$' }, names: { order: 'order_id' } },
		},
		fields: {
			usual: {},
			few: { signature: { over: { fields: ['id', 'sum'], join: '|' } } },
		},
	},
};

const payout = {
	method: 'POST',
	write: 'json',
	fields: ['id', { to: ['bank'] }, 'state'],
	roles: { reference: 'id', state: 'state' },
	choices: {
		auth: {
			none: {},
			headers: {
				headers: { 'X-User': '${cred.user}', 'X-App': 'app ${cred.user}', 'X-Time': '${time}' },
				signature: {
					over: '${cred.user}${id}${time}',
					algorithm: 'hmac-sha256',
					key: 'key',
					as: 'hex',
					into: { header: 'X-Sign' },
				},
			},
			digest: { digest: { username: 'user', password: 'password' } },
		},
	},
};

const event = (name: string, message: object, file: string, values: object): CallbackEvent =>
	({ id: `shop/${name}`, provider: shop, message, file: { message: file, values } }) as never;

const paid = { id: 'T1', order: 'A-1', sum: '60.00', state: 'paid', kind: 'payment' };
const sent = { id: 'P1', to: { bank: 'MBB' }, state: 'sent' };

export const shopEvents: readonly CallbackEvent[] = [
	event('payment-paid-again', payment, 'payment', paid),
	event('payment-paid', payment, 'payment', paid),
	event('payment-failed', payment, 'payment', { ...paid, order: 'A-2', state: 'failed' }),
	event('payment-noted', payment, 'payment', { ...paid, note: 'gift' }),
	event('payment-refunded', payment, 'payment', { ...paid, state: 'odd', kind: 'refund' }),
	event('payout-sent', payout, 'payout', sent),
	event('payout-back', payout, 'payout', { ...sent, id: 'P2', state: 'back' }),
];

/** What the shop's receiver is configured with, and judged with. */
export const shopContext = (more: Partial<VerdictContext> = {}): VerdictContext => ({
	provider: shop,
	events: shopEvents,
	credentials: (name) => new Secret(name, `my ${name}`, 'own'),
	otherKeys: [],
	...more,
});

/** A request as a receiver of the shop's sees it. */
export const receivedBy = (body: string, more: Partial<Received> = {}): Received => ({
	method: 'POST',
	target: '/callback',
	headers: {},
	body: Buffer.from(body),
	...more,
});
