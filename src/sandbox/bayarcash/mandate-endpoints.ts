import { base62 } from '../../compose/random-text.ts';
import { textIn } from '../fields.ts';
import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { invalid, ok, refused, unauthenticated } from './answers.ts';
import {
	type Application,
	type ApplicationType,
	type Deduction,
	type Mandate,
	type MandateOrder,
	mandateKind,
	mandateStatus,
	newApplication,
	openApplication,
	type Terms,
	termsOf,
} from './mandate.ts';
import { decideMandate } from './mandate-life.ts';
import { applicationShape, deductionShape, mandateShape } from './mandate-shapes.ts';
import { paged } from './paged.ts';
import { readEnrolment, readMaintenance } from './read-mandate.ts';

const claim = ['documented', 'dd-docs'];
const both = (path: string): string[] => [`/v3${path}`, `/api/v2${path}`];

/** Behind a bearer token, about one mandate. */
const about =
	(answer: (order: MandateOrder, call: Call, box: Box) => Reply | Promise<Reply>) =>
	(call: Call, box: Box): Reply | Promise<Reply> => {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const order = box.order<Mandate>(call.params['id'] ?? '');
		if (order?.kind !== mandateKind) return refused('not-found');
		call.about(order);
		return answer(order, call, box);
	};

const enrol: Endpoint = {
	title: 'enrol a mandate',
	method: 'POST',
	paths: both('/mandates'),
	claim,
	async answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const read = readEnrolment(call, call.path.startsWith('/v3/') ? 'v3' : 'v2', box);
		if (read instanceof Map) return invalid(read, call, box);
		const { reference, data } = read as { reference: string; data: Mandate };
		const id = `md_${base62(6, box.random)}`;
		const order: MandateOrder = box.save(
			{ id, provider: 'bayarcash', kind: mandateKind, reference, data, next: [], log: [] },
			{ what: 'call', text: `${call.method} ${call.path}` },
		);
		return applied(order, order.data.applications[0] as Application, call, box);
	},
};

/** Answers with the address of the bank's page, and goes there alone where nobody decides. */
async function applied(
	order: MandateOrder,
	application: Application,
	call: Call,
	box: Box,
): Promise<Reply> {
	call.about(order);
	const { outcome: said, isAsked, delay } = box.settings;
	const outcome = said ?? (isAsked ? undefined : 'success');
	if (outcome === 'success' || outcome === 'failed') {
		if (delay === 0) await box.moment((await decideMandate(order, outcome, box, 0)).told);
		else {
			const planned = {
				id: `${application.id} payer`,
				at: box.now() + delay,
				action: 'bank',
				with: outcome,
			};
			box.save({ ...order, next: [planned] });
		}
	}
	return ok(applicationShape(order, application, box));
}

function apply(
	type: ApplicationType,
	terms: Terms,
	order: MandateOrder,
	call: Call,
	box: Box,
): Promise<Reply> {
	const application = newApplication(type, terms, box.now(), box.random);
	const data = { ...order.data, applications: [...order.data.applications, application] };
	const text = `${call.method} ${call.path}`;
	return applied(box.save({ ...order, data }, { what: 'call', text }), application, call, box);
}

/** Undefined where it may be changed. */
function notNow({ data }: MandateOrder, call: Call): Reply | undefined {
	const isFree = mandateStatus(data) === 3 && openApplication(data) === undefined;
	if (isFree) return undefined;
	const message = 'The mandate is not active, or an application for it is under way.';
	call.note(message);
	return { status: 400, json: { message } };
}

const maintain: Endpoint = {
	title: 'change a mandate: it must be active',
	method: 'PUT',
	paths: both('/mandates/:id'),
	claim,
	answer: about((order, call, box) => {
		const closed = notNow(order, call);
		if (closed !== undefined) return closed;
		const read = readMaintenance(call, termsOf(order.data), box);
		return read instanceof Map
			? invalid(read, call, box)
			: apply('02', read as Terms, order, call, box);
	}),
};

const terminate: Endpoint = {
	title: 'end a mandate; the reason stands in the body',
	method: 'DELETE',
	paths: both('/mandates/:id'),
	claim,
	answer: about((order, call, box) => {
		const reason = textIn(call.fields, 'application_reason');
		if (reason === undefined) {
			const text = 'The application reason field is required.';
			return invalid(new Map([['application_reason', text]]), call, box);
		}
		return notNow(order, call) ?? apply('03', { ...termsOf(order.data), reason }, order, call, box);
	}),
};

const getMandate: Endpoint = {
	title: 'a mandate',
	method: 'GET',
	paths: both('/mandates/:id'),
	claim,
	answer: about((order, _, box) => ok(mandateShape(order, box))),
};

const listMandates: Endpoint = {
	title: 'mandates, newest first',
	method: 'GET',
	paths: ['/v3/mandates'],
	claim,
	answer(call, box) {
		const all = box.orders<Mandate>(mandateKind).reverse();
		const shapes = all.map((order) => mandateShape(order, box, true));
		return unauthenticated(call) ?? ok(paged(shapes, call, box, 15));
	},
};

const deductionsIn = (box: Box): (readonly [MandateOrder, Deduction])[] =>
	box
		.orders<Mandate>(mandateKind)
		.flatMap((order) => order.data.deductions.map((one) => [order, one] as const));

const getDeduction: Endpoint = {
	title: 'a collection of a mandate',
	method: 'GET',
	paths: both('/mandates/transactions/:id'),
	claim,
	answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const found = deductionsIn(box).find(([, { id }]) => id === call.params['id']);
		return found === undefined ? refused('not-found') : ok(deductionShape(...found, box));
	},
};

const listDeductions: Endpoint = {
	title: 'collections, newest first',
	method: 'GET',
	paths: ['/v3/mandates/transactions'],
	claim,
	answer(call, box) {
		const shapes = deductionsIn(box)
			.reverse()
			.map((one) => deductionShape(...one, box));
		return unauthenticated(call) ?? ok(paged(shapes, call, box, 25));
	},
};

const switched = (word: 'activate' | 'deactivate', from: number): Endpoint => ({
	title: `${word} a mandate`,
	method: 'PATCH',
	paths: both(`/mandates/:id/${word}`),
	claim,
	answer: about((order, call, box) => {
		if (mandateStatus(order.data) !== from) {
			const message = `The mandate cannot be ${word}d now.`;
			call.note(message);
			return { status: 400, json: { message } };
		}
		const data = { ...order.data, isInactive: word === 'deactivate', updatedAt: box.now() };
		return ok(
			mandateShape(
				box.save({ ...order, data }, { what: 'call', text: `${word}d by the shop` }),
				box,
			),
		);
	}),
});

const activate = switched('activate', 10);
const deactivate = switched('deactivate', 3);

/** The more particular address first: a mandate could be called `transactions`. */
export const mandateEndpoints: readonly Endpoint[] = [
	...[enrol, maintain, terminate, listMandates, listDeductions, getDeduction, getMandate],
	...[activate, deactivate],
];
