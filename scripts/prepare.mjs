// Builds after "npm ci" in a clone. Under --omit=dev there is nothing to build with, and nothing to
// complain about.
try {
	await import('esbuild');
} catch {
	process.stderr.write(
		'callsim: not built (development packages are left out); run "npm ci" to build\n',
	);
	process.exit(0);
}
await import('./build.mjs');
