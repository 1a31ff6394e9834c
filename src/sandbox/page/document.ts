import { createHash } from 'node:crypto';
import { html, type Markup, trusted } from '../../report/html/markup.ts';

export interface Document {
	readonly title: string;
	readonly style: string;
	readonly script?: string | undefined;
	/** Origins beside the sandbox's own that a form may lead to, redirects included. */
	readonly leadsTo?: readonly string[];
	readonly body: Markup;
}

/** A page whose policy lets nothing load or run but what is in it. */
export function documentOf({ title, style, script, leadsTo = [], body }: Document): {
	readonly html: string;
	readonly headers: Readonly<Record<string, string>>;
} {
	const policy = [
		"default-src 'none'",
		`style-src ${hashOf(style)}`,
		...(script === undefined ? [] : [`script-src ${hashOf(script)}`, "connect-src 'self'"]),
		'img-src data:',
		`form-action ${["'self'", ...leadsTo].join(' ')}`,
		"base-uri 'none'",
		"frame-ancestors 'none'",
	];
	const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
${body}
${script !== undefined && html`<script>${trusted(script)}</script>`}
</body>
</html>
`.markup;
	return {
		html: text,
		headers: {
			'content-security-policy': policy.join('; '),
			'cache-control': 'no-store',
			'referrer-policy': 'same-origin',
			'x-content-type-options': 'nosniff',
		},
	};
}

const hashOf = (source: string): string =>
	`'sha256-${createHash('sha256').update(source).digest('base64')}'`;
