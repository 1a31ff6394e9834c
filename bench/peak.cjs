// Preloaded: tells the peak memory of a process at its end, in MiB.
const { readFileSync, writeFileSync } = require('node:fs');
process.on('exit', () => {
	const { BENCH_PEAK } = process.env;
	if (BENCH_PEAK) writeFileSync(BENCH_PEAK, String(peak() / 1024));
});

/** KiB. What `getrusage` says is on Linux at least what the process had that started this one. */
function peak() {
	if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
	return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
