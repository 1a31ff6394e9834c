/** On paper nothing is sticky, hidden or dark, and what failed stands there unfolded. */
export const stylePrint = `
@media print {
	@page { margin: 14mm; }
	:root, :root[data-theme] { color-scheme: light; --paper: #fff; --sunk: #fff; --panel: #fff; --no-tint: #fff; }
	body { font-size: 9pt; }
	main, .inner { max-width: none; padding: 0; }
	.toolbar, .theme, .copy, .skip, .here { display: none !important; }
	section { padding-top: 1.25rem; }
	h2, h3, summary { break-after: avoid; }
	li, .pair, .exchange { break-inside: avoid-page; }
	li { content-visibility: visible !important; }
	.chart, pre { max-height: none !important; overflow: visible !important; }
	.axis { position: static; }
	a { color: inherit; text-decoration: none; }
	.cases .message a { display: none; }
	summary::before { display: none; }
	.card::details-content, .suite::details-content, li[data-v="failed"] > .delivery::details-content {
		content-visibility: visible;
		display: block;
	}
}
`;
