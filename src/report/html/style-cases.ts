export const styleCases = `
.card > summary { padding: 0.75rem 0.875rem; }
.card .message { flex-basis: 100%; padding-left: 1.15rem; }
.card .where { font-family: var(--mono); font-size: 0.8125rem; margin-left: auto; }
.card[open] > summary .message { font-size: 1rem; }
.inside > * + * { margin-top: 0.875rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 0.5rem 0.75rem; }
.pair pre, .again pre, .body pre {
	background: var(--sunk);
	border: 1px solid var(--line);
	border-radius: 4px;
	padding: 0.5rem 0.75rem;
}
.body pre { max-height: 30rem; overflow: auto; }
.label { color: var(--soft); font-size: 0.75rem; margin-bottom: 0.125rem; }
mark { background: var(--mark); color: inherit; border-radius: 2px; padding: 0.05em 0; font-weight: 600; }
.details { max-width: 75ch; }
.details li + li { margin-top: 0.125rem; }
.details .labelled { display: grid; grid-template-columns: 3.25rem 1fr; }
.details .label { line-height: 1.75; margin: 0; }
.again { position: relative; }
.again .copy { position: absolute; top: 1.5rem; right: 0.375rem; font-size: 0.8125rem; }
.again pre { padding-right: 5rem; }
.evidence > * + * { margin-top: 0.375rem; }
.evidence b { font-weight: 600; }
.more { margin-top: 0.25rem; }
.suite .verdict, .case .verdict { min-width: 3.75rem; }
.suite .tally { color: var(--soft); }
.suite .where, .case .where { margin-left: auto; font-size: 0.8125rem; text-align: right; }
.suite > .cases, .fold > .cases { padding: 0 0 0.375rem 1.25rem; border: 0; background: none; }
div.case { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.5rem; padding: 0.375rem 0.875rem 0.375rem 2.025rem; }
details.case > summary { padding-block: 0.375rem; }
.cases .name { font-weight: 500; }
.cases .message { flex: 1 1 20rem; color: var(--soft); }
.cases .message:empty { display: none; }
.cases .message a { white-space: nowrap; }
.cases .kind { font: 0.75rem var(--mono); }
@media (max-width: 40rem) {
	.card .where, .suite .where, .case .where { margin-left: 0; text-align: left; }
	:is(.card, .suite, .case) > summary > :is(.name, .where, .tally, .message) { flex-basis: 100%; padding-left: 1.15rem; }
	:is(.card, .suite, .case) .verdict + .name { flex-basis: 100%; }
	.suite > .cases, .fold > .cases { padding-left: 0; }
	div.case { padding-left: 1.9rem; }
}
`;
