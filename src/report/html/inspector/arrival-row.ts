import { isUndecided, type SignatureFacts, type Verdict } from '../../../verify/verdict.ts';
import type { Arrival, Forwarded } from '../../arrival.ts';
import { type FieldRow, fieldRows } from '../../field-rows.ts';
import type { CaseVerdict } from '../../run-report.ts';
import { type Mask, maskBytes } from '../../safe/mask.ts';
import { bodyView } from '../body-view.ts';
import { icon } from '../marks.ts';
import { html, type Markup } from '../markup.ts';

const most = { rows: 200, value: 4_000, body: 16 * 1024 };

/** One arrival, all of it, folded. Whatever is in it is somebody else's text. */
export function arrivalRow(arrival: Arrival, mask: Mask): Markup {
	const { number, at, received, verdict, answered, repeatOf, challenge, forwarded } = arrival;
	const [standing, word] = standingOf(arrival);
	const shown = (text: string) => cut(mask(text));
	return html`<li data-v="${standing}" id="a-${number}"><details class="case"><summary>
		${icon(standing)} <span class="verdict ${standing}">${word}</span> 
		<span class="name">#${number} ${verdict.event ?? 'no callback'}</span> 
		<span class="message">${shown(`${received.method} ${received.target}`)}${repeatOf !== undefined && ` · the same as #${repeatOf.number}`}${challenge === 'met' && ' · asked for credentials, and answered'}</span> 
		<span class="where">${new Date(at).toISOString().slice(11, 19)} · ${forwarded !== undefined && 'failure' in forwarded ? 'not handed on, ' : ''}answered ${answered}</span>
	</summary><div class="inside">
		<p class="again-row"><button type="button" data-again="${number}">Send again<span class="unseen"> #${number}</span></button></p>
		${verdictPart(verdict, challenge === 'asked', shown)}
		${contentPart(arrival, mask, shown)}
		${table('Headers', pairsOf(arrival.rawHeaders), shown)}
		${forwarded !== undefined && forwardedPart(forwarded, mask, shown)}
	</div></details></li>`;
}

type Shown = (text: string) => string;

const cut = (text: string): string =>
	text.length > most.value ? `${text.slice(0, most.value)} … (--json has all)` : text;

function standingOf({ verdict, challenge }: Arrival): readonly [CaseVerdict, string] {
	if (challenge === 'asked') return ['skipped', 'Asked for credentials'];
	if (verdict.genuine) return ['passed', 'Genuine'];
	return isUndecided(verdict) ? ['inconclusive', 'Not decided'] : ['failed', 'Not genuine'];
}

function verdictPart(verdict: Verdict, isAsked: boolean, shown: Shown): Markup {
	if (isAsked)
		return html`<p>It came without credentials, was asked for them (HTTP Digest), and sent none so far.</p>`;
	const { cause, explanation, signature, mistakes } = verdict;
	return html`<p><b>${shown(explanation)}</b>${cause !== null && html` <span class="kind">${cause}</span>`}</p>
		${mistakes.length > 0 && html`<dl class="signature">${mistakes.map(({ php, js }) => html`<div><dt>PHP</dt><dd><code>${php}</code></dd></div><div><dt>JavaScript</dt><dd><code>${js}</code></dd></div>`)}</dl>`}
		${signature !== null && signaturePart(signature, verdict.genuine, shown)}`;
}

function signaturePart(facts: SignatureFacts, isGenuine: boolean, shown: Shown): Markup {
	const { algorithm, fields, canonical, expected, received, mistaken } = facts;
	const rows: readonly FieldRow[] = [
		['Signature that came', received ?? 'none'],
		...(isGenuine ? [] : [['Signature that is right', expected] as const]),
		['Made with', `${algorithm} over ${fields.join(', ')}`],
		['Text to be signed', canonical],
		...(mistaken === undefined ? [] : [['Text that was signed', mistaken] as const]),
	];
	return html`<dl class="signature">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd><code>${shown(value)}</code></dd></div>`)}</dl>`;
}

function contentPart({ fields, received }: Arrival, mask: Mask, shown: Shown): Markup {
	const type = received.headers['content-type'] ?? '';
	const body = received.body.length === 0 ? undefined : received.body;
	return html`${fields !== undefined && table('Fields', fieldRows(fields), shown)}
		${body !== undefined && bodyPart(maskBytes(body, mask), type, fields === undefined)}`;
}

function bodyPart(bytes: Uint8Array, type: string, isOpen: boolean): Markup {
	const { note, text, hex } = bodyView(bytes, type, most.body);
	const content = html`<pre tabindex="0">${text ?? hex ?? ''}</pre>`;
	return isOpen
		? html`<div class="body"><p class="label">Body: ${note}</p>${content}</div>`
		: html`<details class="body"><summary>Body as it came: ${note}</summary>${content}</details>`;
}

function table(name: string, rows: readonly FieldRow[], shown: Shown): Markup {
	const more = rows.length - most.rows;
	return html`<table class="pairs"><caption>${name}</caption><tbody>${rows.slice(0, most.rows).map(([path, value]) => html`<tr><th scope="row">${shown(path)}</th><td>${shown(value)}</td></tr>`)}</tbody></table>
		${more > 0 && html`<p class="facts">${more} more (--json has all)</p>`}`;
}

const pairsOf = (raw: readonly string[]): FieldRow[] =>
	raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));

function forwardedPart(forwarded: Forwarded, mask: Mask, shown: Shown): Markup {
	const { url, tookMs } = forwarded;
	if ('failure' in forwarded)
		return html`<h3>Handed on to ${shown(url)}</h3><p class="fault">${shown(forwarded.failure)} The sender was answered 502.</p>`;
	const { status, reason, rawHeaders, body } = forwarded;
	const headers = pairsOf(rawHeaders);
	const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
	return html`<h3>Handed on to ${shown(url)}</h3>
		<p>Answered <b>${status} ${shown(reason)}</b> in ${tookMs} ms.</p>
		${bodyPart(maskBytes(body, mask), type, true)}
		${headers.length > 0 && table('Headers of the answer', headers, shown)}`;
}
