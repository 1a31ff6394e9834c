import type { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { addPaceFlags } from './shared-flags.ts';

export const addDemoFlags = (command: Command): Command => addCommonFlags(addPaceFlags(command));
