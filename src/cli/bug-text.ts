/** What a bug says; it asks for no other file, which may be what is broken. */
export function bugText(error: unknown, version: string): string {
	const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return `${stack}\nThis is a bug in callsim ${version} (Node ${process.versions.node}), not in your receiver.\nPlease report it with the lines above, and with what you typed.\n`;
}
