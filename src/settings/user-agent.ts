export const userAgentOf = ({ version }: { readonly version: string }): string =>
	`callsim/${version} (callback simulator)`;
