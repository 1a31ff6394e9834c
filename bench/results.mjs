// Keeps what was measured last: a table and a chart each, in bench/results.md and bench/charts/.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, type } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const file = join(here, 'results.md');
/** Only sees that it works, and keeps nothing. */
const isShort = process.argv.includes('--short');

export function machine() {
	const [cpu] = cpus();
	const load = loadavg()[0].toFixed(1);
	return `Node ${process.versions.node}, ${cpus().length} × ${cpu?.model ?? 'unknown'}, ${type()} ${release()}, load ${load}`;
}

/** @param {string[][]} rows the first one is the head */
export function table([head, ...rows]) {
	const line = (cells) => `| ${cells.join(' | ')} |`;
	return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Takes the place of the section of that name. */
export function keep(name, text) {
	if (isShort) return;
	let all =
		'# Last results\n\nWritten by `npm run bench`; what it means is in [README.md](README.md).\n';
	try {
		all = readFileSync(file, 'utf8');
	} catch {
		// The first time.
	}
	const section = `## ${name}\n\n${new Date().toISOString().slice(0, 16)}Z, ${machine()}\n\n${text.trim()}\n`;
	const found = all.indexOf(`## ${name}\n`);
	if (found < 0) return writeFileSync(file, `${all.trimEnd()}\n\n${section}`);
	const next = all.indexOf('\n## ', found);
	writeFileSync(file, `${all.slice(0, found)}${section}${next < 0 ? '' : all.slice(next)}`);
}

/** Bars, one below the other. @param {[string, number][]} bars @returns the link to it */
export function chart(name, bars, unit) {
	const most = Math.max(...bars.map(([, value]) => value));
	const rows = bars.map(([label, value], at) => {
		const y = 8 + at * 26;
		const width = Math.max(1, (value / most) * 300);
		const text = `${Number(value.toPrecision(3)).toLocaleString('en')} ${unit}`;
		return `<text x="150" y="${y + 14}" text-anchor="end">${label}</text><rect x="158" y="${y}" width="${width.toFixed(1)}" height="18" fill="${/callsim/.test(label) ? '#2563a8' : '#9aa4af'}"/><text x="${(166 + width).toFixed(1)}" y="${y + 14}">${text}</text>`;
	});
	const link = `![${name}](charts/${name}.svg)`;
	if (isShort) return link;
	mkdirSync(join(here, 'charts'), { recursive: true });
	writeFileSync(
		join(here, 'charts', `${name}.svg`),
		`<svg xmlns="http://www.w3.org/2000/svg" width="620" height="${16 + bars.length * 26}" font-family="sans-serif" font-size="13"><title>${name}</title><rect width="100%" height="100%" fill="#fff"/>${rows.join('')}</svg>\n`,
	);
	return link;
}
