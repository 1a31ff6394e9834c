import type { Received } from '../received.ts';
import { type Json, objectOf } from '../wrapping.ts';
import { bodyOf, headersOf } from './request-parts.ts';

/**
 * The event of an AWS Lambda function behind API Gateway (payload versions 1 and 2), a function URL
 * or a load balancer, as Netlify and Vercel have it too.
 */
export function lambdaEvent(event: Json): Received[] | undefined {
	const http = objectOf(objectOf(event['requestContext'])['http']);
	const method = event['httpMethod'] ?? http['method'];
	const isEvent = typeof method === 'string' && ('body' in event || 'headers' in event);
	if (!isEvent) return undefined;
	const path = event['rawPath'] ?? event['path'] ?? http['path'] ?? '/';
	const headers = { ...headersOf(event['multiValueHeaders']), ...headersOf(event['headers']) };
	const body = bodyOf(event['body'], event['isBase64Encoded'] === true, headers);
	if (body === undefined) return undefined;
	const query = queryOf(event);
	return [{ method, target: query === '' ? String(path) : `${path}?${query}`, headers, body }];
}

function queryOf(event: Json): string {
	const { rawQueryString, rawQuery } = event;
	const raw = rawQueryString ?? rawQuery;
	if (typeof raw === 'string') return raw;
	const many = {
		...objectOf(event['queryStringParameters']),
		...objectOf(event['multiValueQueryStringParameters']),
	};
	const isBalancer = 'elb' in objectOf(event['requestContext']);
	// A load balancer hands on what it got, escapes included; the gateway has taken them away.
	const written = (text: unknown) => (isBalancer ? String(text) : encodeURIComponent(String(text)));
	return Object.entries(many)
		.flatMap(([name, values]) =>
			[values].flat().map((value) => `${written(name)}=${written(value ?? '')}`),
		)
		.join('&');
}
