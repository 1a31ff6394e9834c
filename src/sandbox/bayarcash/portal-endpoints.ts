import type { ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { invalid, ok, refused, unauthenticated } from './answers.ts';
import { type Intent, kind } from './intent.ts';
import { paged } from './paged.ts';
import { changed, changeOf, merchant, portalOf, usualPortalKey } from './portal.ts';
import { md5 } from './table-endpoints.ts';

const claim = ['documented', 'api-docs'];
/** What is remembered: keys of portals that were created. */
const made = 'portals that were made';

/** One for each key that was used, and those that were created. */
function portalsIn(box: Box) {
	const used = box.orders<Intent>(kind).map(({ data }) => data.portalKey);
	const own = box.remembered<readonly string[]>(made, 'all') ?? [];
	const keys = [...new Set([...(used.length === 0 ? [usualPortalKey] : used), ...own])];
	return keys
		.filter((key) => changeOf(key, box).isDeleted !== true)
		.map((key) => {
			const { merchant: _, ...portal } = portalOf(key, box);
			return portal;
		});
}

const listPortals: Endpoint = {
	title: 'portals with their channels',
	method: 'GET',
	paths: ['/v3/portals', '/api/v2/portals'],
	claim: [...claim, 'one for each key that was used'],
	answer(call, box) {
		const { meta, ...list } = paged(portalsIn(box), call, box, 15);
		const owner = { ...merchant, created_at: '2026-01-01 00:00:00' };
		return unauthenticated(call) ?? ok({ ...list, meta: { ...meta, merchant: owner } });
	},
};

const createPortal: Endpoint = {
	title: 'create a portal',
	method: 'POST',
	paths: ['/v3/portals', '/api/v2/portals'],
	claim: ['assumed', null, 'the body is not documented'],
	answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const name = textIn(call.fields, 'portal_name');
		if (name === undefined)
			return invalid(new Map([['portal_name', 'The portal name field is required.']]), call, box);
		const key = md5(name);
		box.remember(made, 'all', [...(box.remembered<readonly string[]>(made, 'all') ?? []), key]);
		box.remember(changed, key, { fields: fieldsIn(call) });
		return ok(portalOf(key, box), 201);
	},
};

/** What a merchant may say of it. */
const editable = [
	'portal_name',
	'website_url',
	'transaction_notification_email',
	'custom_payment_button_text',
];

const fieldsIn = ({ fields }: Call): ValueObject =>
	Object.fromEntries(
		editable.flatMap((name) => {
			const text = textIn(fields, name);
			return text === undefined ? [] : [[name, text]];
		}),
	);

/** Behind a bearer token, about one portal. */
const about =
	(answer: (portal: ReturnType<typeof portalsIn>[number], call: Call, box: Box) => Reply) =>
	(call: Call, box: Box): Reply => {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const portal = portalsIn(box).find(({ id }) => String(id) === call.params['id']);
		return portal === undefined ? refused('not-found') : answer(portal, call, box);
	};

const paths = ['/v3/portals/:id'];

const getPortal: Endpoint = {
	...{ title: 'a portal', method: 'GET', paths, claim },
	answer: about((portal) => ok(portal)),
};

const changePortal: Endpoint = {
	...{ title: 'change a portal', method: 'PUT', paths },
	claim: [...claim, 'which fields may change is assumed; payments tell the new name'],
	answer: about((portal, call, box) => {
		const { fields } = changeOf(portal.portal_key, box);
		box.remember(changed, portal.portal_key, { fields: { ...fields, ...fieldsIn(call) } });
		return ok({ ...portal, ...fieldsIn(call) });
	}),
};

const deletePortal: Endpoint = {
	...{ title: 'delete a portal', method: 'DELETE', paths },
	claim: [...claim, 'its key can be paid with all the same: a simulator knows no accounts'],
	answer: about((portal, _, box) => {
		box.remember(changed, portal.portal_key, { fields: {}, isDeleted: true });
		return ok({ success: true });
	}),
};

export const portalEndpoints: readonly Endpoint[] = [
	...[listPortals, createPortal, getPortal, changePortal, deletePortal],
];
