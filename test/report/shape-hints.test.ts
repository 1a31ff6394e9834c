import { describe, expect, test } from 'vitest';
import { hintAfter } from '../support/hints.ts';

const pre = 'bayarcash/pre-transaction';

describe('what a message has of its own is named where the answer speaks of it', () => {
	test.each([
		[
			'a wrapper',
			'iak/pulsa-success',
			400,
			'{"error":"ref_id is required"}',
			/inside data.*data\.ref_id/,
		],
		[
			'Laravel',
			'iak/pulsa-success',
			422,
			'{"message":"The ref id field is required."}',
			/data\.ref_id/,
		],
		['Django', 'iak/pulsa-success', 400, '{"ref_id":["This field is required."]}', /data\.ref_id/],
		[
			'FastAPI',
			'iak/pulsa-success',
			422,
			'{"detail":[{"type":"missing","loc":["body","ref_id"],"msg":"Field required"}]}',
			/data\.ref_id/,
		],
		[
			'zod',
			'iak/pulsa-success',
			400,
			'[{"code":"invalid_type","received":"undefined","path":["price"],"message":"Required"}]',
			/data\.price/,
		],
		['ajv', 'iak/pulsa-success', 400, "body must have required property 'status'", /data\.status/],
		[
			'PHP',
			'iak/pulsa-success',
			500,
			'<b>Warning</b>: Undefined array key "ref_id" in cb.php',
			/data\.ref_id/,
		],
		['Python', 'iak/pulsa-success', 500, "KeyError: 'tr_id'", /data\.tr_id/],
		['an empty reference', 'iak/pulsa-success', 404, 'ref_id undefined not found', /data\.ref_id/],
		['a signature inside', 'iak/pulsa-success', 401, 'missing sign', /data\.sign/],
		['an XML root', 'iak/pulsa-success', 400, 'ref_id is missing', /<mp>/, 'xml'],
		['an order undefined', 'iak/pulsa-success', 404, 'order undefined not found', /data\.ref_id/],
		[
			'a signature beside its envelope',
			'iak/pulsa-success',
			401,
			'invalid sign',
			/sign and what it is made of stand inside data/,
		],
		[
			'a form that nobody read',
			'bayarcash/transaction-success',
			404,
			'Order undefined not found',
			/--encoding json/,
		],
		[
			'inner JSON in Node',
			'khoins/transaction-success',
			500,
			"TypeError: Cannot read properties of undefined (reading 'toLowerCase')",
			/message is a text.*second time/,
		],
		[
			'inner JSON in PHP',
			'khoins/transaction-success',
			500,
			'Cannot access offset of type string on string',
			/second time/,
		],
		[
			'inner JSON in Python',
			'khoins/transaction-success',
			500,
			'TypeError: string indices must be integers',
			/second time/,
		],
		[
			'inner JSON in Go',
			'khoins/topup-ticket-success',
			400,
			'message: expected object, received string',
			/second time/,
		],
		[
			'a state that is not there',
			'khoins/transaction-success',
			422,
			'unknown status undefined',
			/second time/,
		],
		['500 alone', 'khoins/transaction-success', 500, '', /parsed a second time\?/],
		[
			'500 as a page',
			'khoins/transaction-success',
			500,
			'<html><title>Oops</title><h1>500 Internal Server Error</h1></html>',
			/second time\?/,
		],
		['500 alone of IAK', 'iak/pulsa-success', 500, 'Internal Server Error', /read from data\?/],
		[
			'a list of its own',
			pre,
			401,
			'invalid checksum',
			/3 fields \(exchange_reference_number, order_number, record_type\), not over the 13/,
		],
		[
			'a field of another message',
			pre,
			500,
			'Undefined array key "amount"',
			/has no amount: it is signed over 3 fields/,
		],
		[
			'a list that is asked for as a form',
			pre,
			422,
			'{"errors":{"payer_name":["The payer name field is required."]}}',
			/has no payer_name/,
		],
		[
			'a receipt',
			'bayarcash/receipt-success',
			400,
			'checksum mismatch',
			/signed over 9 fields, not over the 13/,
		],
	])('%s', async (_name, event, status, body, expected, encoding?: string) => {
		expect(await hintAfter(event, { status, body, encoding })).toMatch(expected);
	});

	test('the key of a pre-transaction is named beside its list, for it may be either', async () => {
		const hint = await hintAfter(pre, {
			status: 401,
			body: 'bad signature',
			credentials: 'simulator',
		});
		expect(hint).toMatch(/3 fields.*choose the list by record_type.*callsim's own/i);
	});
});

describe('it is not named where the answer is about something else', () => {
	test.each([
		[
			'an order that was looked for',
			'iak/pulsa-success',
			404,
			'ref_id order002 not found: required',
		],
		[
			'a field missed inside the wrapper',
			'iak/pulsa-success',
			422,
			'data.activation_code is required',
		],
		['a database', 'khoins/transaction-success', 500, 'connect ECONNREFUSED 127.0.0.1:5432'],
		[
			'an answer made of such words',
			'iak/pulsa-success',
			400,
			'{"status":"error","message":"wrong price","data":null}',
		],
		[
			'a body that was never read',
			'khoins/transaction-success',
			500,
			"Cannot read properties of undefined (reading 'refid')",
		],
		['an order that is unknown', pre, 404, 'unknown order'],
		['another message', 'bayarcash/transaction-success', 401, 'invalid checksum'],
		['a fault of the callback', pre, 401, 'invalid checksum', ['wrong-key']],
	])('%s', async (_name, event, status, body, faults: readonly string[] = []) => {
		const hint = (await hintAfter(event, { status, body, faults })) ?? '';
		expect(hint).not.toMatch(/inside data|second time|signed over/);
	});
});
