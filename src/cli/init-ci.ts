import { join } from 'node:path';
import { quoted } from '../model/shell.ts';

export const ciKinds = ['github', 'gitlab'] as const;
export type CiKind = (typeof ciKinds)[number];

/** Where the workflow is written, and from where its commands run. */
export interface CiPlace {
	/** The root of the repository; the project's own folder where there is none. */
	readonly root: string;
	/** The project seen from there; empty where it is the root. */
	readonly folder: string;
	/** Whether `npm ci` has something to install. */
	readonly hasLock: boolean;
}

/** A CI workflow with one step of callsim: its path and text. @param exec starts the receiver */
export function ciText(kind: CiKind, exec: string | undefined, place: CiPlace): [string, string] {
	const start = exec ?? 'npm start';
	return kind === 'github'
		? [join(place.root, '.github', 'workflows', 'callbacks.yml'), github(start, place)]
		: [join(place.root, '.gitlab', 'callbacks.gitlab-ci.yml'), gitlab(start, place)];
}

function github(start: string, { folder, hasLock }: CiPlace): string {
	const inside =
		folder === ''
			? ''
			: `    defaults:\n      run: { working-directory: ${JSON.stringify(folder)} }\n`;
	return `# Exercises the callback receiver with what the providers really send. No account, no tunnel, no secret.
name: callbacks
on: [push, pull_request]
permissions:
  contents: read
jobs:
  callbacks:
    runs-on: ubuntu-latest
${inside}    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      ${hasLock ? '- run: npm ci' : '# Install here what your receiver needs.'}
      # callsim is not on npm yet: npm install --save-dev <path or git URL of callsim>, and commit the lock file.
      # Starts the receiver, waits until it answers, runs scenarios/, stops it. Exit 1: the receiver failed.
      - run: >
          npx --no -- callsim run --speed max --exec ${quoted(start)}
          --report junit=reports/callsim.xml --report html=reports/callsim.html
      - uses: actions/upload-artifact@v4
        if: always()
        with: { name: callsim, path: ${JSON.stringify(join(folder, 'reports'))} }
`;
}

function gitlab(start: string, { folder, hasLock }: CiPlace): string {
	const inside = folder === '' ? '' : `    - cd ${quoted(folder)}\n`;
	return `# Exercises the callback receiver with what the providers really send. Include it from .gitlab-ci.yml:
#   include: { local: .gitlab/callbacks.gitlab-ci.yml }
callbacks:
  image: node:22
  script:
${inside}    ${hasLock ? '- npm ci' : '# Install here what your receiver needs.'}
    # callsim is not on npm yet: npm install --save-dev <path or git URL of callsim>, and commit the lock file.
    # Starts the receiver, waits until it answers, runs scenarios/, stops it. Exit 1: the receiver failed.
    - >-
      npx --no -- callsim run --speed max --exec ${quoted(start)}
      --report junit=reports/callsim.xml --report html=reports/callsim.html
  artifacts:
    when: always
    paths: [${JSON.stringify(join(folder, 'reports'))}]
    reports:
      junit: ${join(folder, 'reports', 'callsim.xml')}
`;
}
