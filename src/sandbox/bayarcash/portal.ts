import { createHash } from 'node:crypto';
import { facts } from './facts.ts';

/** Any key names a portal: a simulator knows no accounts. */
export function portalOf(portalKey: string) {
	const id = Number.parseInt(createHash('md5').update(portalKey).digest('hex').slice(0, 4), 16);
	return {
		id,
		created_at: '2026-01-01 00:00:00',
		portal_key: portalKey,
		portal_name: 'Portal Sim',
		website_url: 'http://localhost',
		transaction_notification_email: 'merchant@example.com',
		custom_payment_button_text: null,
		payment_channels: facts.channels.channels.map(({ id, code, name }) => ({ id, code, name })),
		merchant: { name: 'Sim Sdn. Bhd.', email: 'merchant@example.com' },
	};
}

/** Of a merchant that has named none yet. */
export const usualPortalKey = '0123456789abcdef0123456789abcdef';
