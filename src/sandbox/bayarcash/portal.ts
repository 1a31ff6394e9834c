import { createHash } from 'node:crypto';
import type { ValueObject } from '../../model/value.ts';
import type { Box } from '../provider.ts';
import { facts } from './facts.ts';

/** What is remembered by key: what the merchant changed. */
export const changed = 'portal';

export interface PortalChange {
	readonly fields: ValueObject;
	readonly isDeleted?: boolean;
}

export const changeOf = (key: string, box: Pick<Box, 'remembered'>): PortalChange =>
	box.remembered<PortalChange>(changed, key) ?? { fields: {} };

/** Any key names a portal: a simulator knows no accounts. */
export function portalOf(portalKey: string, box: Pick<Box, 'remembered'>) {
	const id = Number.parseInt(createHash('md5').update(portalKey).digest('hex').slice(0, 4), 16);
	return {
		id,
		created_at: '2026-01-01 00:00:00',
		portal_key: portalKey,
		portal_name: usualName,
		website_url: 'http://localhost',
		transaction_notification_email: 'merchant@example.com',
		custom_payment_button_text: null,
		payment_channels: facts.channels.channels.map(({ id, code, name }) => ({ id, code, name })),
		merchant,
		...changeOf(portalKey, box).fields,
	};
}

/** What a payment says of its portal. */
export const ownerOf = (portalKey: string, box: Pick<Box, 'remembered'>) => ({
	portal: changeOf(portalKey, box).fields['portal_name'] ?? usualName,
	merchant,
});

const usualName = 'Portal Sim';

export const merchant = { name: 'Sim Sdn. Bhd.', email: 'merchant@example.com' };

/** Of a merchant that has named none yet. */
export const usualPortalKey = '0123456789abcdef0123456789abcdef';
