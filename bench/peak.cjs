// Preloaded: tells the peak memory of a process at its end, in MiB.
const { writeFileSync } = require('node:fs');
process.on('exit', () => {
	const { BENCH_PEAK } = process.env;
	if (BENCH_PEAK) writeFileSync(BENCH_PEAK, String(process.resourceUsage().maxRSS / 1024));
});
