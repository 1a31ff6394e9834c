import type { LoadTest } from './load.ts';

/** `README.md` of the exported project. */
export function readmeText({ events, rate, seconds, variables }: LoadTest): string {
	const keys = variables.length === 0 ? '' : keysText(variables);
	return `# Load with provider callbacks

Written by \`callsim export artillery\`. [Artillery](https://www.artillery.io) makes the load, callsim composes and signs:
every virtual user sends one new callback, ${rate} a second for ${seconds} s, all of these alike:

${events.map(({ id, method, url }) => `- \`${id}\`: ${method} ${url}`).join('\n')}

## On this machine

\`\`\`sh
npm install --ignore-scripts    # Node 22.18 or later; without the flag Artillery downloads a browser that is not needed
npm run load
\`\`\`

Exit code 0: every callback was acknowledged as its provider wants it. 1: one was not, had an error, or none was sent.
\`callsim.not_acknowledged\` in the summary counts answers outside the rule, \`http.codes.500\` each status.

Another rate, duration or weight: \`artillery.yml\`. Another field: \`processor.mjs\`. Another target for once:
\`npm run load -- --target http://localhost:4000\`.

**Your receiver must know the orders**, or accept any. Each callback has a reference of its own. If your receiver wants
orders that exist, list them in a CSV file, one for each callback, and add to \`config\`:

\`\`\`yaml
  payload: { path: orders.csv, fields: [reference, amount], order: sequence, cast: false }
\`\`\`
${keys}
## From several machines

Artillery runs this project on AWS without a change; it needs AWS credentials, and a package registry that has
\`callback-simulator\`. Each of the \`--count\` workers makes the whole rate, and begins at
the first line of a CSV file: 10 workers, ten times the load.

\`\`\`sh
export ARTILLERY_DISABLE_TELEMETRY=true
npx artillery run-fargate --region eu-west-1 --count 10 artillery.yml
npx artillery run-lambda --region eu-west-1 --count 10 artillery.yml
\`\`\`
${variables.length === 0 ? '' : cloudKeysText(variables)}
**Whose machine it is, is your responsibility.** callsim refuses targets outside this machine and its private networks;
Artillery sends wherever \`artillery.yml\` says, as fast as it says. Load only what you own, and tell whoever runs it.

## What this is not

The first attempt only: a load engine does not follow a provider's schedule of retries (\`callsim fire\` does). No HTTP
Digest. The provider's own ids are as short as the provider makes them, so two may be equal by chance; references are not.
`;
}

function keysText(variables: readonly string[]): string {
	return `
## Keys

Without any, callsim's simulator keys sign. Your own come from the environment, and are in no file here:

\`\`\`sh
export ${variables.map((name) => `${name}=…`).join(' ')}
\`\`\`
`;
}

function cloudKeysText(variables: readonly string[]): string {
	return `
Keys on Fargate: put each into the SSM parameter store as \`/artilleryio/NAME\`, and add ${variables.map((name) => `\`--secret ${name}\``).join(' ')}.
On Lambda: \`--dotenv FILE\`, with a file that is not kept here.
`;
}
