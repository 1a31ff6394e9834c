import type { Command } from 'commander';
import { environmentNames } from '../../project/in-force.ts';

type Row = readonly [names: string, about: string];

/** Flags, and what is read beside them. */
const beside: readonly (readonly [flag: string, ...Row])[] = [
	['--credential', 'CALLSIM_<PROVIDER>_<NAME>', 'your keys: callsim help credentials'],
	['--config', 'CALLSIM_CONFIG', 'without --config'],
	['--no-journal', 'CALLSIM_NO_JOURNAL', '1 keeps nothing'],
	['--journal', 'XDG_STATE_HOME', "where the user's state is kept"],
	['--report', 'GITHUB_ACTIONS', 'true reports to GitHub by itself'],
	['--no-pager', 'PAGER, LESS', 'shows what is longer than the screen'],
	['--no-input', 'CI', 'nothing is asked where it is set'],
	['--color', 'NO_COLOR, FORCE_COLOR, TERM', 'whether there are colours'],
];

/** The variables that a command reads, by the flags that it has. */
export function variablesOf(command: Command, readsSettings: false | string = ''): Row[] {
	const has = (flag: string) => command.options.some(({ long }) => long === flag);
	// A burst has reports, and none for GitHub.
	const isForGithub = command.options.some(
		({ long, description }) => long === '--report' && description.includes('github'),
	);
	const settings = Object.entries(environmentNames).flatMap(([setting, variable]) => {
		const flag = `--${setting.replace(/[A-Z]/g, '-$&').toLowerCase()}`;
		return has(flag) ? [[variable, `without ${flag}`] as const] : [];
	});
	const when = readsSettings === '' ? '' : ` and ${readsSettings}`;
	return [
		...(readsSettings === false
			? []
			: settings.map(([variable, about]): Row => [variable, `${about}${when}`])),
		...beside
			.filter(([flag]) => (flag === '--report' ? isForGithub : has(flag)))
			.map(([, ...row]) => row),
	];
}
