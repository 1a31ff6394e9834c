import type { Asked } from '../receiver/web-page-refusal.ts';

/**
 * Why a request to the page is refused, or undefined. The page shows what arrived, and sends: only
 * itself may ask for anything, under a name that no name server gives.
 */
export function pageRefusal({ method, headers }: Asked, port: number): string | undefined {
	const host = String(headers['host'] ?? '').toLowerCase();
	const names = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`);
	if (!names.includes(host)) return 'ask for this page at 127.0.0.1 or localhost (Host)';
	const origin = headers['origin'];
	if (origin !== undefined && origin !== `http://${host}`)
		return 'a page of another site asked (Origin)';
	const site = headers['sec-fetch-site'];
	if (site !== undefined && site !== 'same-origin' && !(site === 'none' && method === 'GET'))
		return 'a page of another site asked (Sec-Fetch-Site)';
	if (method === 'POST' && origin === undefined) return 'only the page itself may send (Origin)';
	return undefined;
}
