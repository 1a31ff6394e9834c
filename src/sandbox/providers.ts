import { bayarcash } from './bayarcash/provider.ts';
import { iak } from './iak/provider.ts';
import { khoins } from './khoins/provider.ts';
import type { SandboxProvider } from './provider.ts';
import { transfez } from './transfez/provider.ts';

/** Providers whose API is there. */
export const sandboxProviders: readonly SandboxProvider[] = [bayarcash, iak, khoins, transfez];
