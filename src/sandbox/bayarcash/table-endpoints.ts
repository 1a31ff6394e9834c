import { createHash } from 'node:crypto';
import { textIn } from '../fields.ts';
import type { Endpoint } from '../provider.ts';
import { invalid, ok, unauthenticated } from './answers.ts';
import { facts } from './facts.ts';
import { type Intent, kind } from './intent.ts';
import { paged } from './paged.ts';
import { portalOf, usualPortalKey } from './portal.ts';

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

export const listBanks: Endpoint = {
	title: 'FPX banks: a bare list',
	method: 'GET',
	paths: ['/v3/banks', '/api/v2/banks'],
	claim: ['documented', 'api-docs'],
	answer: (call) =>
		unauthenticated(call) ??
		ok(
			facts.banks.fpx.map(({ code, name }) => ({
				bank_display_name: name,
				bank_name: name,
				bank_code: code,
				bank_code_hashed: md5(code),
				bank_availability: true,
			})),
		),
};

export const listDobwBanks: Endpoint = {
	title: 'banks and wallets of DuitNow online banking',
	method: 'GET',
	paths: ['/v3/duitnow/dobw/banks', '/api/v2/duitnow/dobw/banks'],
	claim: ['documented', 'api-docs'],
	answer: (call) =>
		unauthenticated(call) ??
		ok(
			facts.banks.dobw.map(({ code, name }) => ({
				bank_name: name,
				bank_code: code,
				bank_availability: true,
			})),
		),
};

export const listPortals: Endpoint = {
	title: 'portals with their channels',
	method: 'GET',
	paths: ['/v3/portals', '/api/v2/portals'],
	claim: ['documented', 'api-docs', 'one for each key that was used'],
	answer(call, box) {
		const used = box.orders<Intent>(kind).map(({ data }) => data.portalKey);
		const keys = [...new Set(used.length === 0 ? [usualPortalKey] : used)];
		const portals = keys.map((key) => {
			const { merchant: _, ...portal } = portalOf(key);
			return portal;
		});
		const { meta, ...list } = paged(portals, call, box, 15);
		const merchant = { ...portalOf(usualPortalKey).merchant, created_at: '2026-01-01 00:00:00' };
		return unauthenticated(call) ?? ok({ ...list, meta: { ...meta, merchant } });
	},
};

export const createPortal: Endpoint = {
	title: 'create a portal: it is answered, and not kept',
	method: 'POST',
	paths: ['/v3/portals', '/api/v2/portals'],
	claim: ['assumed', null, 'the body is not documented'],
	answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const name = textIn(call.fields, 'portal_name');
		if (name === undefined)
			return invalid(new Map([['portal_name', 'The portal name field is required.']]), call, box);
		return ok({ ...portalOf(md5(name)), portal_name: name }, 201);
	},
};

export const up: Endpoint = {
	title: 'whether it is there',
	method: 'GET',
	paths: ['/v3/up'],
	claim: ['documented', 'php-sdk', 'newer releases'],
	answer: () => ({ status: 200, text: 'OK' }),
};
