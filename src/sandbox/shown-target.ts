/** A request's target as it is told: who looks over a shoulder, or reads a log, learns no key. */
export const shownTarget = (target: string, secrets: readonly string[]): string =>
	target.replace(/(?<=[?&])([^=&]+)=[^&]+/g, (pair, name: string) =>
		secrets.includes(name.toLowerCase()) ? `${name}=[secret]` : pair,
	);
