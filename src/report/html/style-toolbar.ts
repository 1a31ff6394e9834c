export const styleToolbar = `
.toolbar {
	position: sticky;
	top: 0;
	z-index: 3;
	background: var(--panel);
	border-bottom: 1px solid var(--line);
	padding: 0.375rem 0 0.5rem;
}
.toolbar nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.toolbar nav a { display: inline-block; padding: 0.25rem 0; text-decoration: none; }
.toolbar nav a:hover { text-decoration: underline; }
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: 0.375rem 0.75rem; padding-top: 0.25rem; }
.filter input {
	flex: 0 1 20rem;
	min-width: 10rem;
	padding: 0.25rem 0.625rem;
	background: var(--paper);
	border: 1px solid var(--edge);
	border-radius: 4px;
}
.filter input::placeholder { color: var(--soft); opacity: 1; }
.toggles { display: flex; flex-wrap: wrap; }
.toggles button { border-radius: 0; margin-left: -1px; }
.toggles button:first-child { border-radius: 4px 0 0 4px; margin-left: 0; }
.toggles button:last-child { border-radius: 0 4px 4px 0; }
.toggles [aria-pressed="true"] { background: var(--ink); border-color: var(--ink); color: var(--panel); }
.toggles [aria-pressed="true"] .count { color: inherit; }
.matches { color: var(--soft); }
@media (max-width: 40rem) {
	.toolbar { position: static; }
	.filter input { flex-basis: 100%; font-size: 1rem; }
	.toggles button { padding: 0.25rem 0.5rem; }
}
`;
