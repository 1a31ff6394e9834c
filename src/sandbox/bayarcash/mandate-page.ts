import { html } from '../../report/html/markup.ts';
import { textIn } from '../fields.ts';
import { returnReply } from '../page/return-form.ts';
import { type Box, type Call, type Endpoint, Refusal } from '../provider.ts';
import { facts } from './facts.ts';
import { type Application, type Mandate, type MandateOrder, mandateKind } from './mandate.ts';
import { amountText, applications, decideMandate, mandateReceipt } from './mandate-life.ts';
import { ended, payDocument } from './pay-document.ts';

const claim = [
	'assumed',
	null,
	'that there is a page is documented, its address and content are ours',
];
const paths = ['/mandate-application/:id'];

function applicationIn(call: Call, box: Box): [MandateOrder, Application] | undefined {
	for (const order of box.orders<Mandate>(mandateKind)) {
		const found = order.data.applications.find(({ id }) => id === call.params['id']);
		if (found === undefined) continue;
		call.about(order);
		return [order, found];
	}
	return undefined;
}

export const showMandatePage: Endpoint = {
	title: 'the page on which the payer authorises a mandate',
	method: 'GET',
	paths,
	claim,
	isPage: true,
	answer(call, box) {
		const [given, application] = applicationIn(call, box) ?? [];
		if (given === undefined || application === undefined)
			return ended('There is no such application', 'The link is wrong.', 404);
		if (application.authorised !== undefined)
			return ended('This application is decided', 'Nothing more can be done here.');
		const isAlone = given.next.length === 0;
		const order = isAlone
			? given
			: box.save({ ...given, next: [] }, { what: 'page', text: 'the page opens' });
		const name = applications[application.type];
		return payDocument(
			`Authorise the ${name}`,
			html`<h1>Authorise the ${name}</h1>
				<p class="amount">RM ${amountText(order)}</p>
				<dl class="about">
					<dt>Order</dt><dd>${order.reference}</dd>
					<dt>How often</dt><dd>${(facts.states.frequency.words as Record<string, string>)[application.terms.frequency]}</dd>
					<dt>Reason</dt><dd>${application.terms.reason}</dd>
				</dl>
				<form class="card" method="post" action="/mandate-application/${application.id}">
					<p>The bank takes RM 1.00 to verify the account.</p>
					<button class="main" name="act" value="success">Authorise</button>
					<button name="act" value="failed">Let the bank refuse</button>
				</form>`,
			Object.values(order.data.urls).flatMap((url) => (url === undefined ? [] : [url])),
		);
	},
};

export const actOnMandatePage: Endpoint = {
	title: "the payer's choice there",
	method: 'POST',
	paths,
	claim,
	isPage: true,
	async answer(call, box) {
		const [given, application] = applicationIn(call, box) ?? [];
		if (given === undefined || application === undefined)
			return ended('There is no such application', 'The link is wrong.', 404);
		const act = textIn(call.fields, 'act') ?? '';
		if (!['success', 'failed'].includes(act)) throw new Refusal('act is success or failed');
		const { order, told } = await decideMandate(given, act, box);
		if (box.settings.delay === 0) await box.moment(told);
		const receipt = mandateReceipt(order, box);
		return receipt === undefined
			? ended('Done', 'The shop named no page for this: there is nowhere to go back to.')
			: returnReply(await box.composed(receipt));
	},
};
