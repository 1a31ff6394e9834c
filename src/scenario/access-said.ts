import { headersFrom } from '../compose/headers.ts';
import { Problem } from '../model/problem.ts';
import type { ProbeFile, SetupFile } from '../model/scenario.ts';
import type { ValueObject } from '../model/value.ts';
import { accessOf, type OrderAccess } from '../order/access.ts';
import { pointerKeys } from '../order/answered-reference.ts';
import { filled, type ResolveName } from './fill-names.ts';
import { maskedHeaders } from './masked-headers.ts';

/**
 * How a probe, or a set-up, of a scenario says that an order is read, or made; its headers are
 * filled in. Undefined where it does not say it.
 * @throws Problem `header-invalid`, `usage`, NothingThere
 */
export function accessSaid(
	{ url, header, command, ...more }: ProbeFile | SetupFile,
	setting: 'probeHeader' | 'setupHeader',
	resolve: ResolveName,
	vars: ValueObject,
): OrderAccess | undefined {
	if (header !== undefined && url === undefined)
		throw new Problem('scenario-invalid', 'header is for a url, and there is none beside it', {
			hint: 'Write url: beside it, or leave it out.',
		});
	const headers = headersFrom(filled(header, resolve), setting);
	const reference = 'reference' in more ? more.reference : undefined;
	if (reference !== undefined) pointerKeys(reference);
	return accessOf({
		...{ url, command, reference },
		headers: headers && maskedHeaders(headers, header, vars),
	});
}
