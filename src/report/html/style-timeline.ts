/** The chart: a label, a track and an end for each row; on a narrow screen the track stands below the label. */
export const styleTimeline = `
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin-bottom: 0.75rem; }
.legend .mark { margin-right: 0.25rem; }
.chart {
	--label: 19rem;
	--end: 6rem;
	--gap: 1.125rem;
	position: relative;
	max-height: min(70vh, 44rem);
	overflow: auto;
	background: var(--paper);
	border: 1px solid var(--line);
	border-radius: 6px;
}
.axis {
	position: sticky;
	top: 0;
	z-index: 1;
	height: 1.625rem;
	padding: 0 calc(var(--end) + var(--gap)) 0 calc(var(--label) + var(--gap));
	background: var(--paper);
	border-bottom: 1px solid var(--line);
}
.axis svg { display: block; width: 100%; height: 100%; overflow: visible; }
.axis text { fill: var(--soft); font-size: 0.75rem; }
.rows { position: relative; padding: 0.25rem 0 0.375rem; }
.lines {
	position: absolute;
	top: 0;
	left: calc(var(--label) + var(--gap));
	width: calc(100% - var(--label) - var(--end) - 2 * var(--gap));
	height: 100%;
	overflow: visible;
}
.lines line { stroke: var(--line); }
.group-name { padding: 0.375rem 0.875rem 0; font-size: 0.75rem; color: var(--soft); position: relative; }
.chart li { position: relative; }
.chart a {
	display: grid;
	grid-template-columns: var(--label) 1fr var(--end);
	align-items: center;
	column-gap: var(--gap);
	color: inherit;
	text-decoration: none;
}
.chart a { grid-template-areas: "label track end"; }
.chart .who { grid-area: label; padding-left: 0.875rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chart i { font-style: normal; color: var(--soft); }
.chart .badge { grid-area: end; font-weight: 400; font-size: 0.8125rem; white-space: nowrap; }
.chart a:hover { background: color-mix(in srgb, var(--link) 9%, transparent); }
.chart a:focus-visible { outline-offset: -2px; }
.track { grid-area: track; display: block; width: 100%; height: 1.5rem; overflow: visible; }
.pause { stroke: var(--edge); stroke-width: 1.5; }
.lost { stroke: var(--edge); stroke-width: 1.5; stroke-dasharray: 2 4; }
@media (max-width: 56rem) {
	.chart { --label: 0rem; --end: 0rem; }
	.axis { padding: 0 var(--gap); }
	.lines { left: var(--gap); width: calc(100% - 2 * var(--gap)); }
	.axis text:nth-child(even) { display: none; }
	.chart a { grid-template-columns: minmax(0, 1fr) auto; grid-template-areas: "label end" "track track"; column-gap: 0.5rem; padding-top: 0.25rem; }
	.chart .badge { padding-right: 0.875rem; }
	.chart .who { background: var(--paper); }
	.track { width: calc(100% - 2 * var(--gap)); margin: 0 var(--gap); }
}
`;
