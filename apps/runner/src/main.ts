#!/usr/bin/env node
import { runCli } from './cli.js';

process.exitCode = await runCli(process.argv.slice(2));
// Native sessions and the channel to a parent keep the process alive after its work is done.
process.exit();
