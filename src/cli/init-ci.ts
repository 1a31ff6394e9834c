import { join } from 'node:path';
import { quoted } from '../model/shell.ts';

export const ciKinds = ['github', 'gitlab'] as const;
export type CiKind = (typeof ciKinds)[number];

/** A CI workflow with one step of callsim: its path and text. @param exec starts the receiver */
export function ciText(kind: CiKind, exec: string | undefined, cwd: string): [string, string] {
	const start = exec ?? 'npm start';
	return kind === 'github'
		? [join(cwd, '.github', 'workflows', 'callbacks.yml'), github(start)]
		: [join(cwd, '.gitlab', 'callbacks.gitlab-ci.yml'), gitlab(start)];
}

function github(start: string): string {
	return `# Exercises the callback receiver with what the providers really send. No account, no tunnel, no secret.
name: callbacks
on: [push, pull_request]
permissions:
  contents: read
jobs:
  callbacks:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      - run: npm ci
      # Starts the receiver, waits for its port, runs scenarios/, stops it. Exit 1: the receiver failed.
      - run: >
          npx --yes callback-simulator run --speed max --exec ${quoted(start)}
          --report junit=reports/callsim.xml --report html=reports/callsim.html
      - uses: actions/upload-artifact@v4
        if: always()
        with: { name: callsim, path: reports }
`;
}

function gitlab(start: string): string {
	return `# Exercises the callback receiver with what the providers really send. Include it from .gitlab-ci.yml:
#   include: { local: .gitlab/callbacks.gitlab-ci.yml }
callbacks:
  image: node:22
  script:
    - npm ci
    # Starts the receiver, waits for its port, runs scenarios/, stops it. Exit 1: the receiver failed.
    - >-
      npx --yes callback-simulator run --speed max --exec ${quoted(start)}
      --report junit=reports/callsim.xml --report html=reports/callsim.html
  artifacts:
    when: always
    paths: [reports]
    reports:
      junit: reports/callsim.xml
`;
}
