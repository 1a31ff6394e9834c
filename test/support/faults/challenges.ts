import { type Fault, head, stays, writes } from './fault.ts';

const refusing = (...challenges: string[]) =>
	head(
		'401 Unauthorized',
		...challenges.map((one) => `www-authenticate: ${one}`),
		'content-length: 0',
	);

export const challenges: readonly Fault[] = [
	{ name: '401 without a challenge', act: stays(refusing()), outcome: 'answered 401' },
	{
		name: '401 for ever',
		act: stays(refusing('Digest realm="r", nonce="n", qop="auth"')),
		outcome: 'answered 401',
		digestRequests: 2,
	},
	{
		name: 'a stale nonce for ever',
		act: stays(refusing('Digest realm="r", nonce="n", qop="auth", stale=true')),
		outcome: 'answered 401',
		digestRequests: 3,
	},
	{
		name: 'another realm and nonce for ever',
		act: (socket) => {
			const drawn = Math.random();
			socket.write(refusing(`Digest realm="r${drawn}", nonce="n${drawn}", qop="auth"`));
		},
		outcome: 'answered 401',
		digestRequests: 2,
	},
	{
		name: 'a challenge without a nonce',
		act: stays(refusing('Digest realm="r", qop="auth"')),
		outcome: 'answered 401',
	},
	{
		name: 'a challenge of an unknown algorithm',
		act: stays(refusing('Digest realm="r", nonce="n", algorithm=ROT13')),
		outcome: 'answered 401',
	},
	{
		name: 'a thousand challenges',
		act: stays(
			refusing(
				...Array.from({ length: 1_000 }, (_, at) => `Digest realm="r${at}", nonce="n", qop="auth"`),
			),
		),
		outcome: 'answered 401',
		digestRequests: 2,
	},
	{
		name: 'a challenge, and nobody for its answer',
		act: writes(refusing('Digest realm="r", nonce="n", qop="auth"')),
		closes: true,
		outcome: 'answered 401',
		digestRequests: 2,
		digestOutcome: 'broken closed',
	},
];
