/** Attempts, and what was said in each. */
export const styleExchange = `
.attempts { border: 1px solid var(--line); border-radius: 4px; }
.attempts > li + li { border-top: 1px solid var(--line); }
.slot, .tried { padding: 0.25rem 0.75rem; }
.evidence .slot { font-family: var(--mono); font-size: 0.8125rem; border: 1px solid var(--line); border-radius: 4px; }
.slot:has(> details) { padding: 0; }
.slot summary { padding: 0.3125rem 0.75rem; }
.attempts b { font-weight: 400; display: inline-block; min-width: 4.5rem; }
.attempts b, .attempts i { font-style: normal; color: var(--soft); }
.exchange {
	display: grid;
	grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
	gap: 1rem 1.5rem;
	padding: 0.375rem 0.75rem 1rem;
	font-family: var(--sans);
}
.message-line { font: 600 0.8125rem/1.5 var(--mono); margin-bottom: 0.375rem; }
.exchange table { border-collapse: collapse; font: 0.8125rem/1.5 var(--mono); width: 100%; }
.exchange th { text-align: left; font-weight: 400; color: var(--soft); vertical-align: top; padding: 0 0.75rem 0 0; width: 40%; }
.exchange td { vertical-align: top; white-space: pre-wrap; }
.body { margin-top: 0.625rem; }
.body .fields { background: var(--sunk); border: 1px solid var(--line); border-radius: 4px; padding: 0.375rem 0.75rem; }
.body details { margin-top: 0.25rem; }
.body summary { padding: 0.125rem 0; color: var(--link); font-size: 0.8125rem; }
.notes { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 0.125rem 1.5rem; font-size: 0.8125rem; }
.notes div { display: flex; gap: 0.375rem; }
.notes dt { color: var(--soft); }

@media (max-width: 40rem) {
	.exchange :is(th, td) { display: block; width: auto; padding: 0; }
	.exchange td { padding-bottom: 0.25rem; }
}
`;
