import { textIn } from '../fields.ts';
import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { command } from './command.ts';
import { changeDeposit, depositOf } from './deposit.ts';
import { legacyPath } from './paths.ts';
import { productOf } from './products.ts';
import { answered, isXml, refused } from './reply.ts';
import { type Api, dialect, type TopUp, type TopUpOrder, topUpKind, topUpShape } from './top-up.ts';
import { decideTopUp, freshId, topUpRefs } from './top-up-life.ts';
import { refusalOf } from './top-up-refusals.ts';

const topUp = (api: Api): Endpoint =>
	command({
		title: 'buys a product; with a ref_id that was used before the status of that one',
		claim: ['documented', 'prepaid'],
		side: 'prepaid',
		...(api === 'v1' ? { paths: [legacyPath], commands: ['topup'] } : { paths: ['/api/top-up'] }),
		needs: ['ref_id', dialect[api].customer, dialect[api].product],
		end: { field: 'ref_id' },
		answer: (call, box) => bought(call, api, box),
	});

const checkStatus = (api: Api): Endpoint =>
	command({
		title: 'the status of a top-up',
		claim: ['documented', 'prepaid'],
		side: 'prepaid',
		...(api === 'v1'
			? { paths: [legacyPath], commands: ['inquiry'] }
			: { paths: ['/api/check-status'] }),
		needs: ['ref_id'],
		end: { field: 'ref_id' },
		answer(call, box) {
			const known = orderIn(call, box);
			return known === undefined
				? refused(call, box, 'prepaid', '06', { why: `no top-up has ref_id ${refIn(call)}` })
				: status(call, known, api, box);
		},
	});

export const topUps = { v1: topUp('v1'), v2: topUp('v2') };
export const statusChecks = { v1: checkStatus('v1'), v2: checkStatus('v2') };

const refIn = ({ fields }: Call): string => textIn(fields, 'ref_id') ?? '';

function orderIn(call: Call, box: Box): TopUpOrder | undefined {
	const order = box.order<TopUp>(box.remembered<string>(topUpRefs, refIn(call)) ?? '');
	if (order !== undefined) call.about(order);
	return order;
}

const status = (call: Call, order: TopUpOrder, api: Api, box: Box): Reply =>
	answered(call, topUpShape(order, api, depositOf(box)));

async function bought(call: Call, api: Api, box: Box): Promise<Reply> {
	const known = orderIn(call, box);
	const code = textIn(call.fields, dialect[api].product) ?? '';
	const customer = textIn(call.fields, dialect[api].customer) ?? '';
	if (known !== undefined) {
		const { product } = known.data;
		const other = product === code ? '' : `, and that was for ${product}`;
		call.advise(`ref_id ${known.reference} was used before${other}: nothing is bought again`);
		return status(call, known, api, box);
	}
	const product = productOf(code, customer);
	const refusal = refusalOf(product, code, customer, box);
	if (product === undefined || refusal !== undefined) {
		const [rc, why] = refusal ?? ['20', undefined];
		return refused(call, box, 'prepaid', rc, { why });
	}
	const trId = freshId(box);
	changeDeposit(-product.price, box);
	const data: TopUp = {
		...{ api, isXml: isXml(call), product: code, kind: product.kind, customer },
		...{ price: product.price, trId, createdAt: box.now(), status: 0, rc: '39' },
	};
	const order: TopUpOrder = box.save(
		{
			...{ id: String(trId), provider: 'iak', kind: topUpKind, reference: refIn(call) },
			...{ data, next: [], log: [] },
		},
		{ what: 'call', text: `${call.method} ${call.path}` },
	);
	box.remember(topUpRefs, order.reference, order.id);
	call.about(order);
	if (box.settings.callbackTo === undefined)
		call.advise(
			'no callback will be sent: it goes where the dashboard says (callsim sandbox --callback-to names it)',
		);
	const reply = status(call, order, api, box);
	if (box.settings.outcome === 'cancelled')
		call.advise('IAK knows nothing that is cancelled: the top-up stays in process');
	await alone(order, box);
	return reply;
}

/** Where nobody decides, it succeeds by itself. */
async function alone(order: TopUpOrder, box: Box): Promise<void> {
	const { outcome: said, isAsked, delay } = box.settings;
	const outcome = said ?? (isAsked ? 'never' : 'success');
	if (outcome === 'never' || outcome === 'cancelled') return;
	// Without a delay the callback leaves before the answer does: the race that shops lose.
	if (delay === 0) return box.moment(decideTopUp(order, outcome, box));
	const planned = {
		...{ id: `${order.id} settle`, at: box.now() + delay, action: 'settle', with: outcome },
	};
	box.save({ ...order, next: [planned] });
}
