/** `npm start`: sets the clone up, then runs `polyneuron reproduce` with the arguments given after `--`. */
import { runOrExit, setup } from './setup.mjs';

setup();
runOrExit(process.execPath, ['apps/cli/dist/main.js', 'reproduce', ...process.argv.slice(2)]);
