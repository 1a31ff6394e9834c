import type { ComposedRequest } from '../model/request.ts';
import { quoted } from '../model/shell.ts';

/** The command line that asks the same; what must not be shown is left to be filled in. */
export function callLine({ method, url, body, headersAt }: ComposedRequest): string {
	const usual = body === undefined ? 'GET' : 'POST';
	const headers = headersAt(0).filter(({ name }) => !/^(user-agent|accept)$/i.test(name));
	return [
		'curl -sS -i -g',
		...(method === usual ? [] : [`-X ${method}`]),
		...headers.map(({ name, value, shell }) =>
			shell === value ? `-H ${quoted(`${name}: ${value}`)}` : `-H "${name}: ${shell}"`,
		),
		...(body === undefined ? [] : [`--data-raw ${quoted(Buffer.from(body).toString('utf8'))}`]),
		quoted(url.href),
	].join(' ');
}
