import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of many seconds. One that began last would run alone, with every other worker idle. */
const long = new RegExp(
	[
		'zoo',
		'cli/(check|slow-reader|stdin|picker/in-tmux)',
		'faults/(commands|table)',
		'(report/html-report|sandbox/pages|inspect/page)\\.browser',
		'burst/(million|whole-flood)',
		'examples/status-api',
	]
		.map((files) => `/${files}\\b.*\\.test\\.[jt]s$`)
		.join('|'),
);

/** The long files first; these, and then the others, in an order that the seed decides. */
export class LongFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const { root, sequence } = this.ctx.config;
		const place = ({ moduleId }: TestSpecification) => {
			const said = `${sequence.seed} ${relative(root, moduleId)}`;
			return `${long.test(moduleId) ? 0 : 1} ${createHash('md5').update(said).digest('hex')}`;
		};
		return files
			.map((file) => ({ file, at: place(file) }))
			.sort((a, b) => (a.at < b.at ? -1 : 1))
			.map(({ file }) => file);
	}
}
