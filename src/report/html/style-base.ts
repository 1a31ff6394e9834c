/** Colours for both themes, type, focus. All text is at least 4.5:1 on what it stands on. */
export const styleBase = `
:root {
	color-scheme: light dark;
	--paper: light-dark(#faf9f7, #15171a);
	--panel: light-dark(#ffffff, #1c1f23);
	--sunk: light-dark(#f4f2ee, #121417);
	--ink: light-dark(#1e2024, #e4e5e8);
	--soft: light-dark(#5b5f67, #a2a7b0);
	--line: light-dark(#e3e0da, #2d3137);
	--edge: light-dark(#8a8d93, #747a84);
	--link: light-dark(#0a559e, #83b8f5);
	--ok: light-dark(#1b6f3b, #5cc184);
	--no: light-dark(#b4281f, #ff8d82);
	--late: light-dark(#875400, #e2b144);
	--gone: light-dark(#5a43a6, #b8a5fb);
	--torn: light-dark(#a3460d, #fb9d62);
	--no-tint: light-dark(#fbeceb, #31201f);
	--ok-tint: light-dark(#eaf4ec, #1a2a20);
	--mark: light-dark(#fde9a9, #54430f);
	--sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
	--mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
body { --ground: var(--paper); }
.banner, .list, .cards { --ground: var(--panel); }
* { box-sizing: border-box; }
html { scroll-padding-top: 5.5rem; }
body {
	margin: 0;
	background: var(--paper);
	color: var(--ink);
	font: 0.875rem/1.5 var(--sans);
	font-variant-numeric: tabular-nums;
	overflow-wrap: anywhere;
	text-size-adjust: 100%;
}
h1, h2, h3, p, ul, ol, dl, dd, pre { margin: 0; padding: 0; }
/* Not list-item: hiding one of thousands would number all the others again. */
ul, ol { list-style: none; }
li { display: block; }
code, pre { font: 0.8125rem/1.5 var(--mono); font-variant-ligatures: none; }
pre { white-space: pre-wrap; }
a { color: var(--link); text-underline-offset: 0.15em; }
button, input { font: inherit; color: inherit; }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
main, .inner { max-width: 78rem; margin: 0 auto; padding: 0 1.5rem; }
section { padding-top: 2.25rem; }
section:last-child { padding-bottom: 4rem; }
h2 { font-size: 1.125rem; line-height: 1.3; font-weight: 650; margin-bottom: 0.5rem; }
h3 { font-size: 0.9375rem; font-weight: 650; margin: 1.25rem 0 0.375rem; }
.lead, .none { color: var(--soft); margin-bottom: 0.75rem; max-width: 70ch; }
.count { color: var(--soft); font-weight: 400; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; top: 0; z-index: 9; padding: 0.5rem 1rem; background: var(--panel); }
.skip:focus { left: 0; }
.mark { width: 0.875rem; height: 0.875rem; flex: none; overflow: visible; vertical-align: -0.125rem; }
.solid { fill: currentColor; stroke: var(--ground); stroke-width: 2; }
.open { fill: var(--ground); stroke: currentColor; stroke-width: 2; }
.line { fill: none; stroke: currentColor; stroke-width: 3; }
path { stroke-linecap: round; stroke-linejoin: round; }
.ok, .passed { color: var(--ok); }
.no, .failed, .error { color: var(--no); }
.late, .warned { color: var(--late); }
.gone { color: var(--gone); }
.torn { color: var(--torn); }
.skipped { color: var(--soft); }
@media (max-width: 40rem) {
	main, .inner { padding: 0 1rem; }
	html { scroll-padding-top: 1rem; }
}
`;
