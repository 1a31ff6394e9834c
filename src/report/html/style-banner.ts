export const styleBanner = `
.banner { color: var(--ink); background: var(--panel); border-top: 4px solid var(--ok); padding: 1.5rem 0 1.25rem; }
.banner.failed { border-top-color: var(--no); }
h1 { font-size: 1rem; font-weight: 400; margin-right: 8rem; }
.ran { color: var(--soft); }
.sentence {
	display: block;
	font-size: clamp(1.375rem, 1rem + 1.6vw, 1.875rem);
	line-height: 1.25;
	font-weight: 650;
	letter-spacing: -0.01em;
	text-wrap: balance;
}
.broken { margin-top: 0.75rem; padding: 0.625rem 0.875rem; background: var(--no-tint); border-left: 3px solid var(--no); }
.broken b { font-weight: 650; }
.proportions { display: block; width: 100%; height: 6px; margin-top: 1rem; }
.proportions rect { fill: currentColor; stroke: var(--panel); stroke-width: 1; }
.proportions .passed { opacity: 0.55; }
.proportions .skipped { opacity: 0.5; }
ul.tally { display: flex; flex-wrap: wrap; gap: 0.125rem 1.25rem; margin-top: 0.5rem; }
.particulars { display: flex; flex-wrap: wrap; gap: 0.625rem 2rem; margin-top: 1rem; }
.particulars dt { color: var(--soft); font-size: 0.75rem; }
.theme { float: right; }
button {
	padding: 0.1875rem 0.625rem;
	background: var(--panel);
	border: 1px solid var(--edge);
	border-radius: 4px;
	cursor: pointer;
}
button:hover { border-color: var(--ink); }
:root:not(.js) :is(.theme, .copy, .filter) { display: none; }
`;
