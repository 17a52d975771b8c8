#!/usr/bin/env node
import { exitCodeOf, formatFailure, unprintable } from './failure.js';
import { runCommandLine } from './runCommandLine.js';

// A reader that goes away early (`| head`) is no failure
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EPIPE') process.exit(0);
  const failure = unprintable(cause);
  process.stderr.write(`${formatFailure(failure, process.argv.includes('--debug'))}\n`);
  process.exit(exitCodeOf(failure));
});

process.exitCode = await runCommandLine(process.argv.slice(2));
