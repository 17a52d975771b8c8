import { type ChildProcess, fork } from 'node:child_process';
import { endWithThisProcess } from '../../peers/python/liveChildren.js';
import type { NumberedAnswer } from '../protocol.js';
import type { StartTransport } from '../remoteProcess.js';

/** Characters of standard error that are kept for messages. */
const keptErrors = 2000;

/**
 * A Node process, with the flags of this one, that runs a script which calls `serveParent`. What the script prints on
 * standard output is dropped.
 */
export function nodeTransport(script: string, scriptArguments: readonly string[] = []): StartTransport {
  return ({ onAnswer, onEnd }) => {
    const child = fork(script, scriptArguments, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    endWithThisProcess(child);
    const lastErrors = keepErrors(child);
    child.on('message', (message) => onAnswer(message as NumberedAnswer));
    child.on('error', (cause) => onEnd(`no process: ${cause.message}`));
    // 'close' comes when standard error is read to its end
    child.on('close', (code, signal) => {
      const end = signal === null ? `exit code ${code}` : `signal ${signal}`;
      onEnd(`its end by ${end}${describeErrors(lastErrors())}`);
    });
    return {
      // Writing to a process that is gone: its end says why
      send: (request) => void child.send(request, () => {}),
      end: () => void child.kill('SIGKILL'),
      processIds: async () => (child.pid === undefined ? [] : [child.pid]),
    };
  };
}

function keepErrors({ stderr }: ChildProcess): () => string {
  let errors = '';
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-keptErrors);
  });
  return () => errors;
}

/** The line that names the error, which Node prints before the stack; else the last one. */
function describeErrors(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line = lines.find((one) => /^\w*Error\b|^FATAL ERROR/.test(one)) ?? lines.at(-1);
  return line === undefined ? '' : `: ${line}`;
}
