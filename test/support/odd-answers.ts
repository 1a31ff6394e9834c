/** An answer that is not proper HTTP, and what the curl of a provider makes of it. */
export interface OddAnswer {
	readonly name: string;
	readonly wire: string;
	/** Undefined where curl does not take it for an answer either. */
	readonly status: number | undefined;
	/** A part of what is told about it. */
	readonly told: string;
}

const chunked = (body: string) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${body}`;
const rest = 'content-length: 2\r\n\r\nOK';
const okay = (name: string, wire: string, told: string, status = 200): OddAnswer => ({
	name,
	wire,
	status,
	told,
});
const none = (name: string, wire: string, told: string): OddAnswer => ({
	name,
	wire,
	status: undefined,
	told,
});

const read: readonly OddAnswer[] = [
	okay('lines that end in LF', 'HTTP/1.1 200 OK\ncontent-length: 2\n\nOK', 'LF alone'),
	okay('an empty line that ends in LF', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\nOK', 'LF alone'),
	okay('LF, and CRLF behind it', 'HTTP/1.1 200 OK\ncontent-length: 2\r\n\r\nOK', 'LF alone'),
	okay(
		'a blank before a colon',
		`HTTP/1.1 200 OK\r\nx-a : b\r\n${rest}`,
		'blank stands before the colon of x-a',
	),
	okay(
		'a folded header',
		`HTTP/1.1 200 OK\r\nx-a: b\r\n c\r\n${rest}`,
		'x-a goes over several lines',
	),
	okay(
		'chunks and a length',
		`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 9\r\n\r\n2\r\nOK\r\n0\r\n\r\n`,
		'beside chunks',
	),
	okay(
		'a length that is given twice',
		`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n${rest}`,
		'content-length twice',
	),
	okay(
		'a length in a list',
		'HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n\r\nOK',
		'content-length twice',
	),
	okay(
		'a control character',
		`HTTP/1.1 200 OK\r\nx-a: a\x01b\r\n${rest}`,
		'control characters stand in the header x-a',
	),
	okay(
		'a CR inside of a header',
		`HTTP/1.1 200 OK\r\nx-a: a\rb\r\n${rest}`,
		'control characters stand in the header x-a',
	),
	okay(
		'a name with a blank',
		`HTTP/1.1 200 OK\r\nx a: b\r\n${rest}`,
		'a name that no header may have',
	),
	okay(
		'a header without a name',
		`HTTP/1.1 200 OK\r\n: b\r\n${rest}`,
		'a name that no header may have',
	),
	okay(
		'a name beyond ASCII',
		`HTTP/1.1 200 OK\r\nx-\xe9: b\r\n${rest}`,
		'a name that no header may have',
	),
	okay('HTTP/2 in the status line', `HTTP/2 200 OK\r\n${rest}`, 'status line is "HTTP/2 200 OK"'),
	okay(
		'a status line in small letters',
		`http/1.1 200 OK\r\n${rest}`,
		'status line is "http/1.1 200 OK"',
	),
	okay(
		'two blanks in the status line',
		`HTTP/1.1  200 OK\r\n${rest}`,
		'status line is "HTTP/1.1  200 OK"',
	),
	okay('a 204 that announces a body', `HTTP/1.1 204 None\r\n${rest}`, 'a 204 has no body', 204),
];

const refused: readonly OddAnswer[] = [
	none(
		'a header without a colon',
		`HTTP/1.1 200 OK\r\nno colon\r\n${rest}`,
		'a header line without a colon: "no colon"',
	),
	none('a NUL byte', `HTTP/1.1 200 OK\r\nx-a: a\0b\r\n${rest}`, 'a NUL byte in the header x-a'),
	none(
		'a length that is no number',
		'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\nOK',
		'content-length "x" is no number',
	),
	none(
		'a negative length',
		'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nOK',
		'content-length "-1" is no number',
	),
	none(
		'two lengths that differ',
		`HTTP/1.1 200 OK\r\ncontent-length: 3\r\n${rest.replace('2', '4')}`,
		'two content-lengths that differ',
	),
	none('an unknown version', `HTTP/1.2 200 OK\r\n${rest}`, 'the status line "HTTP/1.2 200 OK"'),
	none('HTTP/0.9', `HTTP/0.9 200 OK\r\n${rest}`, 'the status line "HTTP/0.9 200 OK"'),
	none('four digits', `HTTP/1.1 2000 OK\r\n${rest}`, 'the status line "HTTP/1.1 2000 OK"'),
	none('two digits', `HTTP/1.1 20 OK\r\n${rest}`, 'the status line "HTTP/1.1 20 OK"'),
	none(
		'a tab in the status line',
		`HTTP/1.1\t200 OK\r\n${rest}`,
		'the status line "HTTP/1.1?200 OK"',
	),
	none('an empty line first', `\r\nHTTP/1.1 200 OK\r\n${rest}`, 'it begins with "?"'),
	none('a radio station', 'ICY 200 OK\r\n\r\nOK', 'it begins with "ICY 200 OK?"'),
	none('another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'it begins with "SSH-2.0-OpenSSH_9.2?"'),
];

/** What the OpenSSL of nginx says to plain HTTP: an alert, `handshake_failure`; curl says "Received HTTP/0.9". */
const tls = none(
	'a TLS alert',
	'\x15\x03\x01\x00\x02\x02\x28',
	'a TLS alert: that port speaks TLS',
);

export const oddAnswers: readonly OddAnswer[] = [...read, ...refused, tls];

/** What only shows behind the head. */
export const oddBehindHeads: readonly OddAnswer[] = [
	okay('an answer that ends behind its status line', 'HTTP/1.1 200 OK\r\n', 'ends within its head'),
	okay('a 500 that ends there', 'HTTP/1.1 500 No\r\n', 'behind "HTTP/1.1 500 No"', 500),
	okay('a head cut behind a header', 'HTTP/1.1 200 OK\r\nx-a: b\r\n', 'behind "x-a: b"'),
	okay('a head cut inside of a header', 'HTTP/1.1 200 OK\r\nx-a: b', 'behind "x-a: b"'),
	okay(
		'a head cut without a body to come',
		'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n',
		'ends within',
	),
	okay('chunk sizes that end in LF', chunked('2\nOK\r\n0\n\r\n'), 'chunks end in LF alone'),
	okay('an extension that ends in LF', chunked('2;a=b\nOK\r\n0\r\n\r\n'), 'chunks end in LF alone'),
	okay('a chunk that ends in LF', chunked('2\r\nOK\n0\r\n\r\n'), 'chunks end in LF alone'),
	okay(
		'a trailer that ends in LF',
		chunked('2\r\nOK\r\n0\r\nx-t: 1\n\n'),
		'chunks end in LF alone',
	),
	okay(
		'blanks behind chunk sizes',
		chunked('2  \r\nOK\r\n0 \r\n\r\n'),
		'blanks stand behind the size',
	),
	okay(
		'a tab behind a chunk size',
		chunked('2\t\r\nOK\r\n0\r\n\r\n'),
		'blanks stand behind the size',
	),
	okay('two CRs behind a chunk size', chunked('2\r\r\nOK\r\n0\r\r\n\r\n'), 'behind the size'),
	okay('two CRs behind an extension', chunked('2;a=b\r\r\nOK\r\n0\r\n\r\n'), 'no extension'),
	okay('two CRs behind a chunk', chunked('2\r\nOK\r\r\n0\r\n\r\n'), 'more than one CR'),
	okay('a folded trailer', chunked('2\r\nOK\r\n0\r\n x\r\n\r\n'), 'is folded'),
	none('two CRs at the end', chunked('2\r\nOK\r\n0\r\n\r\r\n'), 'Expected LF'),
	none('a size of 17 digits', chunked('00000000000000002\r\nOK\r\n0\r\n\r\n'), 'overflow'),
	okay('words behind a chunk size', chunked('2 two\r\nOK\r\n0\r\n\r\n'), 'that is no extension'),
	none('a blank before a chunk size', chunked(' 2\r\nOK\r\n0\r\n\r\n'), 'chunk size'),
	none('a chunk that is longer than told', chunked('2\r\nOKAY\r\n0\r\n\r\n'), 'chunk data'),
];
