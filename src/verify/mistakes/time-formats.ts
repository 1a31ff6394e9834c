import type { ValueChange } from './value-change.ts';

const times = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$/;
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * Times as date classes print them, once they have read them.
 * @param zone the provider's, as `+08:00`
 */
export function timeFormats(zone: string): ValueChange[] {
	const local = (text: string) => text.slice(0, 19).replace('T', ' ');
	const told = (text: string) => /(?:Z|[+-]\d\d:?\d\d)$/.exec(text)?.[0] ?? zone;
	const instant = (text: string) => Date.parse(`${local(text).replace(' ', 'T')}${told(text)}`);
	const utc = (text: string) => new Date(instant(text)).toISOString();
	const iso = (text: string) => local(text).replace(' ', 'T');
	const shifted = (hours: number) => (text: string) =>
		new Date(instant(text) + hours * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
	const month = (text: string) => months[Number(text.slice(5, 7)) - 1] ?? '';
	const clock12 = (hour: number) => String(hour % 12 === 0 ? 12 : hour % 12);
	const reformatted = (how: string, change: (text: string) => string): ValueChange => ({
		code: 'time-reformatted',
		how: `written ${how}`,
		php: 'the time as the string it came',
		change: (text) => (times.test(text) && !Number.isNaN(instant(text)) ? change(text) : text),
	});
	const arranged = (pattern: string): ValueChange =>
		reformatted(
			`as ${pattern.replace(/\$(\d)/g, (_all, at) => 'YMDhms'[Number(at) - 1] ?? '')}`,
			(text) => text.replace(times, pattern),
		);
	return [
		reformatted('in ISO form', iso),
		reformatted('without a T and a zone', local),
		reformatted('in ISO form with its zone', (text) => `${iso(text)}${zone}`),
		reformatted('with its zone', (text) => `${local(text)}${zone}`),
		reformatted(
			'in ISO form with its zone, without a colon',
			(text) => `${iso(text)}${zone.replace(':', '')}`,
		),
		reformatted('in ISO form with milliseconds', (text) => `${iso(text)}.000`),
		reformatted('in ISO form with milliseconds and its zone', (text) => `${iso(text)}.000${zone}`),
		...['Z', '.000Z', '.000000Z', '+00:00', '+0000'].flatMap((end) => [
			reformatted(`in ISO form with ${end}`, (text) => `${iso(text)}${end}`),
			reformatted(`in UTC, with ${end}`, (text) => `${utc(text).slice(0, 19)}${end}`),
		]),
		reformatted('in UTC, without a zone', (text) => utc(text).slice(0, 19)),
		reformatted('in UTC', shifted(0)),
		...[7, 8, 9].map((hours) => reformatted(`in the time of UTC+${hours}`, shifted(hours))),
		reformatted('as seconds since 1970', (text) => String(instant(text) / 1_000)),
		reformatted('as milliseconds since 1970', (text) => String(instant(text))),
		reformatted('as seconds since 1970, read as UTC', (text) =>
			String(Date.parse(`${iso(text)}Z`) / 1_000),
		),
		reformatted('without its seconds', (text) => local(text).slice(0, -3)),
		reformatted('as a date alone', (text) => text.slice(0, 10)),
		reformatted('as a time alone', (text) => local(text).slice(11)),
		...[
			'$1$2$3$4$5$6',
			'$1$2$3 $4$5$6',
			'$1$2$3',
			'$3/$2/$1 $4:$5:$6',
			'$3-$2-$1 $4:$5:$6',
			'$3.$2.$1 $4:$5:$6',
			'$2/$3/$1 $4:$5:$6',
			'$2-$3-$1 $4:$5:$6',
			'$1/$2/$3 $4:$5:$6',
			'$1.$2.$3 $4:$5:$6',
			'$3/$2/$1 $4:$5',
			'$3-$2-$1 $4:$5',
			'$3/$2/$1',
			'$3-$2-$1',
			'$2/$3/$1',
		].map(arranged),
		reformatted('with the month as a word', (text) =>
			text.replace(times, `$3 ${month(text)} $1 $4:$5:$6`),
		),
		reformatted('with twelve hours', (text) =>
			text.replace(times, (_all, year, mon, day, hour, min, sec) => {
				const half = Number(hour) < 12 ? 'AM' : 'PM';
				return `${year}-${mon}-${day} ${clock12(Number(hour)).padStart(2, '0')}:${min}:${sec} ${half}`;
			}),
		),
		reformatted("as a browser's toLocaleString() does", (text) =>
			text.replace(times, (_all, year, mon, day, hour, min, sec) => {
				const half = Number(hour) < 12 ? 'AM' : 'PM';
				return `${Number(mon)}/${Number(day)}/${year}, ${clock12(Number(hour))}:${min}:${sec} ${half}`;
			}),
		),
		reformatted('as toString() does', (text) => {
			const day = new Date(`${iso(text)}Z`).toUTCString().slice(0, 3);
			const date = text.replace(times, `${month(text)} $3 $1 $4:$5:$6`);
			return `${day} ${date} GMT${zone.replace(':', '')}`;
		}),
		reformatted('as toUTCString() does', (text) => new Date(instant(text)).toUTCString()),
		reformatted('as RFC 2822 has it', (text) => {
			const day = new Date(`${iso(text)}Z`).toUTCString().slice(0, 5);
			return `${day}${text.replace(times, `$3 ${month(text)} $1 $4:$5:$6`)} ${zone.replace(':', '')}`;
		}),
		{
			code: 'time-reformatted',
			how: 'in milliseconds',
			php: 'the time in seconds: time()',
			change: (text) => (/^\d{10}$/.test(text) ? `${text}000` : text),
		},
	];
}
