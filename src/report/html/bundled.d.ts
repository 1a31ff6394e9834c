/** What a browser reads, with all that it imports, as one text: scripts/bundled.mjs. */
declare module '*?bundled' {
	const text: string;
	export default text;
}
