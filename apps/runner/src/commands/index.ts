import { attackCommand } from './attack.js';
import { benchCommand } from './bench.js';
import type { Command } from './command.js';
import { doctorCommand } from './doctor.js';
import { listCommand } from './list.js';
import { reportCommand } from './report.js';
import { runCommand } from './run.js';
import { sweepCommand } from './sweep.js';
import { yardstickCommand } from './yardstick.js';

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  sweepCommand,
  attackCommand,
  reportCommand,
  listCommand,
  doctorCommand,
  yardstickCommand,
  benchCommand,
  runCommand,
];
