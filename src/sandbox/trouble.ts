/** What keeps a connection from bringing a request. */
export type Trouble =
	/** It did not arrive in time. */
	| 'slow'
	/** Its headers are longer than Node reads. */
	| 'long-headers'
	/** TLS at a port that speaks none. */
	| 'https'
	/** No TLS at a port that speaks nothing else. */
	| 'http'
	/** The client does not believe the certificate. */
	| 'distrust'
	| 'no-http'
	/** There are as many connections as are allowed. */
	| 'full';

const statuses: Readonly<Partial<Record<Trouble, string>>> = {
	slow: '408 Request Timeout',
	'long-headers': '431 Request Header Fields Too Large',
	https: '400 Bad Request',
	'no-http': '400 Bad Request',
};

interface SocketError extends Error {
	readonly code?: string | undefined;
	readonly rawPacket?: Uint8Array | undefined;
}

/** Undefined of a client that hung up, which is no trouble of anybody's. */
export function troubleOf(error: Error): Trouble | undefined {
	const { code = '', rawPacket } = error as SocketError;
	if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'slow';
	if (code === 'HPE_HEADER_OVERFLOW') return 'long-headers';
	if (code === 'ERR_SSL_HTTP_REQUEST') return 'http';
	if (/^ERR_SSL_.*(ALERT.*(CA|CERTIFICATE)|CERTIFICATE_UNKNOWN)/.test(code)) return 'distrust';
	if (!code.startsWith('HPE_')) return undefined;
	// A handshake of TLS begins so.
	return rawPacket?.[0] === 0x16 && rawPacket[1] === 3 ? 'https' : 'no-http';
}

/** What Node answers, which answers nothing itself once somebody listens. */
export const troubleAnswer = (trouble: Trouble | undefined): string | undefined => {
	const status = trouble && statuses[trouble];
	return status && `HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`;
};
