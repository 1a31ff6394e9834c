import { expect, test } from 'vitest';
import { saysFailure } from '../../src/answer/says-failure.ts';

test.each([
	'{"status":"error"}',
	'{"code":401,"msg":"bad"}',
	'{"success":0}',
	'{"success":"0"}',
	'{"ok":false}',
	'{"status":"NOK"}',
	'{"status":"gagal"}',
	'{"statusCode":500}',
	'{"status":500}',
	'{"status":"503"}',
	'{"result":"failure"}',
	'{"data":{"success":false}}',
	'{"error":"x"}',
	'{"errors":["x"]}',
	'{"errors":{"amount":["is wrong"]}}',
	'{"error_code":"E1"}',
	'{"message":"Unauthorized"}',
	'{"message":"Order not found"}',
	'{"message":"Transaksi tidak ditemukan"}',
	'{"response":[{"message":"checksum mismatch"}]}',
	'"FAILED"',
	'FAILED',
	'ERROR: no such order',
	'Invalid checksum',
	'Signature is invalid',
	'Unauthorized',
	'<response><status>failed</status></response>',
])('%s says that a callback was not taken', (text) => {
	expect(saysFailure(text)).toBe(true);
});

test.each([
	'',
	'OK',
	'RECEIVEOK',
	'0',
	'1',
	'true',
	'200',
	'{}',
	'{"status":"ok","errors":{}}',
	'{"errors":[]}',
	'{"success":true,"error":null}',
	'{"error":false}',
	'{"error":0}',
	'{"error":"","code":0}',
	'{"status":0}',
	'{"status":"success","state":"paid"}',
	'{"code":200,"message":"Success"}',
	'{"message":"callback received, no errors"}',
	'{"failed":0,"processed":1}',
	'<html><body>Thank you. If the payment failed, try again.</body></html>',
	'<response><status>0</status></response>',
	'Order paid; failed attempts: 0',
])('%s does not', (text) => {
	expect(saysFailure(text)).toBe(false);
});
