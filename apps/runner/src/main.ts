#!/usr/bin/env node
import { runCli } from './cli.js';

// tfjs-core warns once a process that it could run faster; it does, on our backend.
process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
process.exitCode = await runCli(process.argv.slice(2));
// Native sessions and the channel to a parent keep the process alive after its work is done.
process.exit();
