import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Arrival } from '../report/arrival.ts';
import { arrivalRow } from '../report/html/inspector/arrival-row.ts';
import { inspectorAssets } from '../report/html/inspector/assets.ts';
import {
	inspectorPage,
	inspectorPaths,
	inspectorPolicy,
	type Listening,
} from '../report/html/inspector/inspector-page.ts';
import { safeJson } from '../report/safe/escape.ts';
import type { Mask } from '../report/safe/mask.ts';
import { KeptArrivals } from './kept-arrivals.ts';
import { pageRefusal } from './own-page-only.ts';

export interface PageOptions {
	/** 0 for any free one. */
	readonly port: number;
	readonly mask: Mask;
	readonly about: Listening;
	/** Hears the same request once more. @returns the status it was answered with */
	again(arrival: Arrival): Promise<number>;
}

export interface RunningPage {
	readonly url: string;
	add(arrival: Arrival): void;
	close(): Promise<void>;
}

/** A reader that does not keep up is dropped; its browser asks again, and gets what is kept. */
const mostBehind = 8 * 1024 * 1024;
const mostReaders = 20;

const safeHeaders = {
	'content-security-policy': inspectorPolicy,
	'x-content-type-options': 'nosniff',
	'cross-origin-resource-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'referrer-policy': 'no-referrer',
	'cache-control': 'no-store',
} as const;

/** The page of what arrived, on the loopback and a port of its own. @throws the listen error */
export async function startPage({ port, mask, about, again }: PageOptions): Promise<RunningPage> {
	const kept = new KeptArrivals();
	const readers = new Set<ServerResponse>();
	const server = createServer((request, response) => {
		request.resume();
		void serve(request, response).catch(() => response.destroy());
	});
	server.maxConnections = 100;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(port, '127.0.0.1', resolve);
	});
	const own = (server.address() as AddressInfo).port;

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method = '', url = '', headers } = request;
		const refusal = pageRefusal({ method, headers }, own);
		if (refusal !== undefined) return send(response, 403, `callsim: ${refusal}\n`);
		if (method === 'POST' && url.startsWith(inspectorPaths.again)) return sendAgain(url, response);
		if (method !== 'GET') return send(response, 405, 'callsim: GET only\n');
		const asset = Object.hasOwn(inspectorAssets, url) ? inspectorAssets[url] : undefined;
		if (asset !== undefined) return send(response, 200, asset.text, asset.type);
		if (url === inspectorPaths.arrivals) return stream(response);
		if (url !== '/') return send(response, 404, 'callsim: nothing here\n');
		const rows = kept.all().map((arrival) => arrivalRow(arrival, mask));
		send(response, 200, inspectorPage(about, rows.reverse()), 'text/html; charset=utf-8');
	}

	async function sendAgain(url: string, response: ServerResponse): Promise<void> {
		const arrival = kept.get(Number(url.slice(inspectorPaths.again.length)));
		if (arrival === undefined) return send(response, 404, 'It is not kept any more.\n');
		send(response, 200, `Sent again, answered ${await again(arrival)}.\n`);
	}

	function stream(response: ServerResponse): void {
		if (readers.size >= mostReaders) {
			send(response, 503, 'callsim: too many pages\n');
			return;
		}
		response.writeHead(200, { ...safeHeaders, 'content-type': 'text/event-stream' });
		response.flushHeaders();
		readers.add(response);
		response.once('close', () => readers.delete(response));
		response.write(`data: ${safeJson({ run: about.run })}\n\n`);
		for (const arrival of kept.all()) response.write(eventOf(arrival, false));
	}

	const eventOf = (arrival: Arrival, isNew: boolean): string => {
		const { markup } = arrivalRow(arrival, mask);
		return `data: ${safeJson({ id: `a-${arrival.number}`, markup, isNew })}\n\n`;
	};

	return {
		url: `http://127.0.0.1:${own}`,
		add(arrival) {
			kept.add(arrival);
			if (readers.size === 0) return;
			const event = eventOf(arrival, true);
			for (const reader of readers) {
				if (reader.writableLength > mostBehind) reader.destroy();
				else reader.write(event);
			}
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function send(
	response: ServerResponse,
	status: number,
	text: string,
	type = 'text/plain; charset=utf-8',
): void {
	response.writeHead(status, { ...safeHeaders, 'content-type': type }).end(text);
}
