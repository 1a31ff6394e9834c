import { type Fault, head, stays, writes } from './fault.ts';

const ok = `${head('200 OK', 'content-length: 2')}OK`;

export const forms: readonly Fault[] = [
	{
		name: 'no reason phrase',
		act: stays(ok.replace('200 OK', '200')),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{
		name: 'HTTP/1.0',
		act: writes('HTTP/1.0 200 OK\r\n\r\nOK'),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{ name: 'status 999', act: stays(ok.replace('200 OK', '999 Odd')), outcome: 'answered 999' },
	{
		name: 'a chunk without a size',
		act: writes(`${head('200 OK', 'transfer-encoding: chunked')}zz\r\nOK`),
		outcome: 'broken malformed',
	},
	{ name: 'noise', act: writes('\x00\x01\x02\xff\xfe'), outcome: 'broken malformed' },
	{
		name: 'more than was announced',
		act: writes(`${ok} and more`),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{
		name: 'what is no gzip',
		act: stays(`${head('200 OK', 'content-encoding: gzip', 'content-length: 2')}OK`),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{
		name: 'a redirect to itself',
		act: stays(head('302 Found', 'location: /callback', 'content-length: 0')),
		outcome: 'answered 302',
	},
	{
		name: 'a redirect to elsewhere',
		act: stays(head('307 Temporary', 'location: http://192.0.2.1/', 'content-length: 0')),
		outcome: 'answered 307',
	},
];
