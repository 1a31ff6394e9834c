import { expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { serve } from '../support/server.ts';

const scenario = (setup: string) => `name: a
provider: bayarcash
vars: { base: "\${env.SHOP}", shop: "toko {reference} & co" }
setup: { ${setup} }
steps:
  - { fire: transaction-success }
`;

test('the URL of a set-up has names, and what they stand for is not filled in again', async () => {
	const { url, seen } = await serve((_request, response) => response.end('OK'));
	const { origin } = new URL(url);
	const page = 'url: "${vars.base}/setup/{reference}?shop=${vars.shop}&amount={amount}"';
	const folder = folderWith({ 'a.yaml': scenario(page) });
	const { code } = await folder.run(['a.yaml', '--to', url], { env: { SHOP: origin } });
	expect(code).toBe(0);
	expect(seen.map((request) => request.url)).toEqual([
		'/setup/ORD-0060?shop=toko%20%7Breference%7D%20%26%20co&amount=60.00',
		new URL(url).pathname,
	]);
});
