import { textIn } from '../fields.ts';
import type { Endpoint } from '../provider.ts';
import { command } from './command.ts';
import { answered, refused } from './reply.ts';
import { type TopUp, topUpKind } from './top-up.ts';

export const esimNotification: Endpoint = command({
	title: 'mails the activation of an eSIM again: here nothing is mailed',
	claim: [
		'documented',
		'live',
		'at most three mails a day, which is not counted; the answer is assumed',
	],
	side: 'prepaid',
	paths: ['/api/esim/notification/activation'],
	needs: ['tr_id'],
	end: { field: 'tr_id' },
	answer(call, box) {
		const order = box.order<TopUp>(textIn(call.fields, 'tr_id') ?? '');
		if (order?.kind !== topUpKind)
			return refused(call, box, 'prepaid', '06', { why: 'no top-up has this tr_id' });
		call.about(order);
		return answered(call, { message: 'SUCCESS', rc: '00' });
	},
});
