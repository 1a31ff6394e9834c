import { folderWith } from './scenario-cli.ts';

const assumed = ['assumed', null];

/** A provider of one's own in a folder, with one event `paid`. */
export function ownProvider(
	credentials: Record<string, { simulator: string; kind?: string; prefix?: string }>,
	message: Record<string, unknown>,
	values: Record<string, unknown>,
	vars?: Record<string, unknown>,
) {
	const claims = Object.fromEntries(
		['fields', 'values', 'write', 'signature', 'acknowledge', 'retry'].map((key) => [key, assumed]),
	);
	const provider = {
		...{ id: 'kedai', title: 'Kedai Pay', country: 'Malaysia', zone: '+08:00' },
		sources: { page: { url: 'https://docs.kedai.example/', read: '2026-11-20' } },
		credentials: Object.fromEntries(
			Object.entries(credentials).map(([name, one]) => [name, { title: name, ...one }]),
		),
		messages: {
			payment: {
				...{ title: 'Payment', method: 'POST', write: 'json', fields: Object.keys(values) },
				...{ acknowledge: { status: ['2xx'] }, retry: 'none', roles: { reference: 'order_no' } },
				...message,
				claims,
			},
		},
	};
	const event = { title: 'Paid', message: 'payment', values, ...(vars && { vars }) };
	return folderWith({
		'own/kedai/provider.json': JSON.stringify(provider, null, '\t'),
		'own/kedai/paid.json': JSON.stringify(
			{ ...event, clock: '2026-11-20T10:00:00+08:00' },
			null,
			'\t',
		),
	});
}
