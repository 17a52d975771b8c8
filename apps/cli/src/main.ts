#!/usr/bin/env node
import { runCommandLine } from './runCommandLine.js';

// A reader that goes away early (`| head`) is no failure
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EPIPE') process.exit(0);
  throw cause;
});

process.exitCode = await runCommandLine(process.argv.slice(2));
