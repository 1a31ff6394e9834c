/** Rows that unfold: deliveries, scenarios, cases. */
export const styleList = `
.list, .cards { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
.list > * + *, .cards > * + *, .cases > * + * { border-top: 1px solid var(--line); }
summary::before {
	content: "";
	width: 0.4rem;
	height: 0.4rem;
	margin: 0.45rem 0.2rem 0 0.05rem;
	border: solid var(--edge);
	border-width: 0 1.5px 1.5px 0;
	rotate: -45deg;
	flex: none;
	align-self: start;
}
details[open] > summary::before { rotate: 45deg; }
summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.5rem; padding: 0.5rem 0.875rem; }
summary:hover { background: var(--sunk); }
summary:focus-visible { outline-offset: -2px; }
.list .mark, .cards .mark, .cases .mark { align-self: start; margin-top: 0.2rem; }
.number { color: var(--soft); min-width: 2.5rem; }
.event, .name { font-weight: 600; }
.kind, .where { color: var(--soft); }
.what { color: var(--soft); }
.what .event { color: var(--ink); }
.fault { color: var(--late); }
.came { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; margin-left: auto; }
.came code { color: var(--soft); min-width: 1.75rem; text-align: right; }
.badge { display: inline-flex; align-items: baseline; gap: 0.25rem; font-weight: 600; }
.badge .mark { align-self: center; margin: 0; }
.delivery .badge { min-width: 5.25rem; }
.whence { flex-basis: 100%; color: var(--soft); font-size: 0.8125rem; padding-left: 5.525rem; }
.whence code { font-size: 0.75rem; }
.inside { padding: 0.25rem 0.875rem 1rem 2.125rem; }
.facts { color: var(--soft); font-size: 0.8125rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0 0.75rem; }
:target > summary, div.case:target { background: var(--sunk); box-shadow: inset 3px 0 var(--link); }
@media (max-width: 40rem) {
	summary { padding: 0.5rem 0.75rem; }
	.inside { padding-left: 0.75rem; padding-right: 0.75rem; }
	.number { min-width: 0; }
	.what { flex: 1 1 60%; }
	.came { flex-basis: 100%; padding-left: 1.15rem; }
	.whence { padding-left: 1.15rem; }
}
`;
