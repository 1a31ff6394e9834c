import { headersFrom } from '../compose/headers.ts';
import { jsonText } from '../compose/write-json.ts';
import { refuseRemote } from '../delivery/remote-problem.ts';
import { usualTarget } from '../delivery/target.ts';
import { type Millis, millis, parseDuration } from '../model/duration.ts';
import { ifGiven } from '../model/if-given.ts';
import { picked } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { ComposedRequest, Header } from '../model/request.ts';
import type { ScenarioFile, StepFile } from '../model/scenario.ts';
import type { Settings } from '../model/settings.ts';
import type { Value, ValueObject } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';
import type { OrderNames } from '../order/order.ts';
import { headersOf } from '../settings/composing.ts';
import { type DeliveryInForce, deliveryInForce } from '../settings/delivery-in-force.ts';
import { userAgentOf } from '../settings/user-agent.ts';
import { filled, filledUrl, type ResolveName } from './fill-names.ts';
import { maskedHeaders } from './masked-headers.ts';
import { folderOf, methodOf, type ShopStep } from './plan.ts';
import { saidIn, settingsSaid } from './said-settings.ts';
import type { ScenarioRun } from './scenario-run.ts';
import { type FilledProbe, filledProbe } from './step-probe.ts';
import type { StepTarget } from './step-target.ts';
import type { Expected } from './step-verdict.ts';

/** The customer's part of a scenario, with everything filled in. */
export interface PreparedShopStep {
	/** What is asked of the shop, or decided. */
	readonly does:
		| { readonly kind: 'call'; readonly request: ComposedRequest }
		| { readonly kind: 'pay'; readonly outcome: string; readonly order: string | undefined };
	readonly inForce: DeliveryInForce;
	readonly expect: Expected;
	/** Everywhere that it sends something itself. */
	readonly places: readonly StepTarget[];
	/** Provider time to wait first. */
	readonly after: Millis;
	/** Probes, of an order that is known when the time has come. */
	probesOf(order: OrderNames): readonly FilledProbe[];
}

/** @param resolve what names stand for @throws Problem, NothingThere: nothing was sent then */
export function prepareShopStep(
	step: ShopStep,
	run: ScenarioRun,
	resolve: ResolveName,
): PreparedShopStep {
	const { ports, options } = run.shared;
	const { expect, after, call, pay } = step.file;
	const settings = settingsOf(step, run, resolve);
	const inForce = deliveryInForce(settings);
	const { reach, timeout } = inForce;
	const shop = ports.shopWith({ ...reach, timeout, signal: options.signal });
	const { vars = {} } = run.scenario.document.value;
	const probesOf = (order: OrderNames) =>
		step.probes.flatMap(
			(probe) =>
				filledProbe(probe, resolve, shop, order, vars as ValueObject, options.settings.probe) ?? [],
		);
	const does =
		call === undefined
			? ({ kind: 'pay', ...decided(filled(pay ?? '', resolve)) } as const)
			: ({ kind: 'call', request: callOf(call, step, settings, run, resolve) } as const);
	const { to } = run.scenario.document.value;
	const places: StepTarget[] =
		does.kind === 'call'
			? [{ url: does.request.url, written: [call?.path, step.file.to, to] }]
			: [];
	for (const { url } of places) refuseRemote(url, reach);
	return {
		does,
		inForce,
		expect: ifGiven(expect, (rules) => filled(rules, resolve)),
		places,
		after: after === undefined ? millis(0) : parseDuration(String(after), 'after'),
		probesOf,
	};
}

const decided = (pay: NonNullable<StepFile['pay']>) =>
	typeof pay === 'string'
		? { outcome: pay, order: undefined }
		: { outcome: pay.outcome, order: ifGiven(pay.order, (order) => textOf(order as Value)) };

/** What is said of reaching it; later over earlier as of every step. */
function settingsOf(step: ShopStep, run: ScenarioRun, resolve: ResolveName): Settings {
	const { scenario, shared } = run;
	const { defaultsFor, settings } = shared.options.settings;
	const { example } = scenario;
	const said = (file: StepFile | ScenarioFile) => {
		const { to, ...rest } = picked(saidIn(file), reaching);
		const where = to === undefined ? {} : { to: filledUrl(to, resolve) };
		return settingsSaid({ ...filled(rest, resolve), ...where }, folderOf(scenario));
	};
	return {
		...(example && defaultsFor(example)),
		...said(scenario.document.value),
		...settings,
		...said(step.file),
	};
}

const reaching = [
	...(['to', 'timeout', 'resolve', 'insecure', 'allowRemote', 'speed', 'realTime'] as const),
];

/** As a browser would ask, without its cookies. */
function callOf(
	call: NonNullable<StepFile['call']>,
	{ event }: ShopStep,
	{ to }: Settings,
	{ shared, scenario }: ScenarioRun,
	resolve: ResolveName,
): ComposedRequest {
	const path = filledUrl(call.path, resolve);
	if (to === undefined && !URL.canParse(path))
		throw new Problem('target-missing', `no target for ${event.id}`, {
			hint: (say) => `Add ${say('to')} with your shop's URL, such as ${usualTarget}.`,
		});
	if (!URL.canParse(path, to?.href))
		throw new Problem('target-invalid', `call.path "${path}" is no path, and no URL`, {
			hint: 'Write /buy, or what an earlier step was answered: ${steps.1.response.headers.location}.',
		});
	const [type, text] = contentOf(call, resolve);
	const { context } = shared.ports;
	const { vars = {} } = scenario.document.value;
	const given = headersFrom(filled(call.header, resolve));
	const own = headersOf(
		{ headers: given && maskedHeaders(given, call.header, vars as ValueObject) },
		context,
	);
	const usual: Header[] = Object.entries({
		'user-agent': userAgentOf(context),
		accept: '*/*',
		'content-type': type,
	}).flatMap(([name, value]) =>
		value === undefined || own.some((header) => header.name.toLowerCase() === name)
			? []
			: [{ name, value, shown: value, shell: value }],
	);
	return {
		method: methodOf(call),
		url: new URL(path, to?.href),
		body: text === undefined ? undefined : Buffer.from(text, 'utf8'),
		headersAt: () => [...usual, ...own],
		signatureAt: () => undefined,
		digest: undefined,
	};
}

/** Its type and text. */
function contentOf(
	{ body, form }: NonNullable<StepFile['call']>,
	resolve: ResolveName,
): [type?: string, text?: string] {
	if (form !== undefined) {
		const fields = Object.entries(filled(form, resolve)).map(([name, value]): [string, string] => [
			name,
			textOf(value as Value),
		]);
		return ['application/x-www-form-urlencoded', new URLSearchParams(fields).toString()];
	}
	if (body === undefined) return [];
	const value = filled(body as Value, resolve);
	return typeof value === 'string'
		? ['text/plain; charset=utf-8', value]
		: ['application/json', jsonText(value)];
}
