import { isConfidential } from '../model/header-name.ts';
import type { HeaderSetting } from '../model/settings.ts';
import { insideShell, quoted, shellPlace } from '../model/shell.ts';
import type { OrderNames } from './order.ts';

/** How an order is read, or made: over a URL, with a command, by a function of a program. */
export type OrderAccess = UrlAccess | CommandAccess | FunctionAccess;

export interface UrlAccess {
	readonly kind: 'url';
	readonly url: string;
	/** For a page that not everybody may ask. */
	readonly headers?: readonly HeaderSetting[] | undefined;
	/** JSON pointer into what a set-up answers, to the reference of the order that it made. */
	readonly reference?: string | undefined;
}

export interface CommandAccess {
	readonly kind: 'command';
	readonly command: string;
	/** The same, in what the command prints. */
	readonly reference?: string | undefined;
}

export interface FunctionAccess {
	readonly kind: 'function';
	/** A set-up returns `{ reference }` where the shop numbers its orders itself. */
	readonly call: (order: OrderNames) => unknown;
}

/** As flags and files say it: a URL or a command. Undefined where they say neither. */
export function accessOf({
	url,
	command,
	...more
}: {
	url?: string | undefined;
	command?: string | undefined;
	headers?: readonly HeaderSetting[] | undefined;
	reference?: string | undefined;
}): OrderAccess | undefined {
	const { headers, reference } = more;
	if (url !== undefined) return { kind: 'url', url, headers, reference };
	return command === undefined ? undefined : { kind: 'command', command, reference };
}

/** `{reference}` and `{amount}` filled in: percent-encoded in a URL, quoted in a command. */
export function filledAccess(access: OrderAccess, order: OrderNames): OrderAccess {
	const fill = (text: string, write: (value: string, before: string) => string) =>
		text.replace(/\{(reference|amount)\}/g, (_, name: keyof OrderNames, offset: number) =>
			write(order[name], text.slice(0, offset)),
		);
	switch (access.kind) {
		case 'url':
			return { ...access, url: fill(access.url, encodeURIComponent) };
		case 'command':
			return {
				...access,
				command: fill(access.command, (value, before) => insideShell(value, shellPlace(before))),
			};
		case 'function':
			return access;
	}
}

/** A command line that makes the order once more. */
export function makeLine(access: OrderAccess): string {
	if (access.kind === 'function') return "# the order was made by the program's own function";
	const naming =
		access.reference === undefined
			? ''
			: `   # its answer has the reference for below at ${access.reference}`;
	if (access.kind === 'command') return `${access.command}${naming}`;
	const headers = (access.headers ?? []).map((header) => `-H ${headerWord(header)} `);
	return `curl -sS -X POST ${headers.join('')}${quoted(access.url)}${naming}`;
}

/** What must not be shown is taken from where it lies, or left to be filled in. */
function headerWord({ name, value }: HeaderSetting): string {
	switch (value.kind) {
		case 'env':
			return `"${name}: $${value.variable}"`;
		case 'file':
			return `"${name}: $(cat ${quoted(value.path)})"`;
		case 'text':
			return quoted(
				`${name}: ${value.isMasked === true || isConfidential(name) ? '…' : value.text}`,
			);
		default:
			return value satisfies never;
	}
}
