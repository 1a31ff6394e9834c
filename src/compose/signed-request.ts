import { Problem } from '../model/problem.ts';
import type { CallbackEvent, MessageFile } from '../model/provider.ts';
import type { ComposedRequest, DigestLogin, Header } from '../model/request.ts';
import type { ValueObject } from '../model/value.ts';
import { renamedForWire, wrapped } from './arrange.ts';
import type { ComposeContext } from './compose-context.ts';
import type { EventValues } from './event-values.ts';
import { headersFor, signatureHeader } from './headers.ts';
import type { Shaping } from './shaping.ts';
import { signature } from './signature.ts';
import { tampered } from './tamper.ts';
import { requestUrl } from './url.ts';
import { contentTypes, type Writer } from './write.ts';

interface Ingredients {
	readonly event: CallbackEvent;
	readonly message: MessageFile;
	readonly values: EventValues;
	readonly shaping: Shaping;
	readonly target: URL;
	readonly context: ComposeContext;
	readonly write: Writer;
}

/** Ordered values to a request: signature, tampering, names, envelope, bytes, headers. */
export function signedRequest(given: Ingredients): ComposedRequest {
	const { event, message, values, shaping, target, context, write } = given;
	const { rawBody } = shaping;
	const isQuery = message.write === 'query';
	if (isQuery && rawBody !== undefined) {
		throw new Problem('option-conflict', `${event.id} is a ${message.method} without a body`, {
			hint: (say) => `Leave ${say('rawBody')} out.`,
		});
	}
	const wrongKey = shaping.wrongKey === true;
	const rule = shaping.unsigned === true ? undefined : message.signature;
	const intoField = rule !== undefined && 'field' in rule.into ? rule.into.field : undefined;
	const fieldTrace =
		rule === undefined || intoField === undefined
			? undefined
			: signature(rule, values.ordered, noBytes, values.scope, wrongKey);
	const signed =
		fieldTrace === undefined || intoField === undefined
			? values.ordered
			: { ...values.ordered, [intoField]: fieldTrace.value };
	const honest = bytesOf(signed, message, write);
	const sent = tampered(signed, shaping.tamper ?? [], values.fieldContext);
	const payload = rawBody ?? (sent === signed ? honest : bytesOf(sent, message, write));

	// A header signature is of the honest body: tampering acts behind it.
	const headerTrace = (now: number) =>
		rule === undefined || intoField !== undefined
			? undefined
			: signature(rule, values.values, rawBody ?? honest, { ...values.scope, now }, wrongKey);
	const own = headersFor({
		message,
		contentType: contentTypes[message.write],
		userAgent: context.userAgent,
		scope: values.scope,
		provider: event.provider.id,
	});
	// A credential that no header can carry is found before anything is sent.
	own(values.scope.now);
	const url = isQuery
		? requestUrl(target, Buffer.from(payload).toString('utf8'), message.append ?? '&')
		: target;
	return {
		method: message.method,
		url,
		body: isQuery ? undefined : payload,
		headersAt(now) {
			const trace = headerTrace(now);
			return withOverrides(
				[...own(now), ...(trace === undefined ? [] : [signatureHeader(trace)])],
				context.headers ?? [],
			);
		},
		signatureAt: (now) => (rawBody === undefined ? fieldTrace : undefined) ?? headerTrace(now),
		digest: digestLogin(message, shaping, context),
	};
}

const noBytes = new Uint8Array();

function bytesOf(values: ValueObject, message: MessageFile, write: Writer): Uint8Array {
	return Buffer.from(write(wrapped(renamedForWire(values, message.names), message.wrap)), 'utf8');
}

function digestLogin(
	{ digest }: MessageFile,
	shaping: Shaping,
	{ credentials }: ComposeContext,
): DigestLogin | undefined {
	if (digest === undefined) return undefined;
	const username = credentials(digest.username);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
	if (/[\u0000-\u001f\u007f]/.test(username.reveal())) {
		throw new Problem(
			'credential-invalid',
			`${digest.username} holds a control character, which no header can carry`,
			{ hint: 'Look for a line break in it.' },
		);
	}
	const wrongKey = shaping.wrongKey === true ? 'wrong-key' : undefined;
	const fault = shaping.unsigned === true ? 'unsigned' : wrongKey;
	return { username, password: credentials(digest.password), fault };
}

/** The user's own takes the place of one that is there under the same name. */
function withOverrides(headers: readonly Header[], overrides: readonly Header[]): Header[] {
	const replaced = new Set(overrides.map((header) => header.name.toLowerCase()));
	return [...headers.filter((header) => !replaced.has(header.name.toLowerCase())), ...overrides];
}
