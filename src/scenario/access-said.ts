import { headersFrom } from '../compose/headers.ts';
import type { ProbeFile, SetupFile } from '../model/scenario.ts';
import type { ValueObject } from '../model/value.ts';
import { accessOf, type OrderAccess } from '../order/access.ts';
import { filled, type ResolveName } from './fill-names.ts';
import { maskedHeaders } from './masked-headers.ts';

/**
 * How a probe, or a set-up, of a scenario says that an order is read, or made; its headers are
 * filled in. Undefined where it does not say it.
 *
 * @throws Problem `header-invalid`, NothingThere
 */
export function accessSaid(
	{ url, header, command }: Pick<ProbeFile | SetupFile, 'url' | 'header' | 'command'>,
	setting: 'probeHeader' | 'setupHeader',
	resolve: ResolveName,
	vars: ValueObject,
): OrderAccess | undefined {
	const headers = headersFrom(filled(header, resolve), setting);
	return accessOf({ url, command, headers: headers && maskedHeaders(headers, header, vars) });
}
