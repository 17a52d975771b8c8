import type { ChildProcess } from 'node:child_process';

const children = new Set<ChildProcess>();

/** Ends a child together with this process, however this process ends, until the child is gone. */
export function endWithThisProcess(child: ChildProcess): void {
  if (children.size === 0) process.on('exit', killAll);
  children.add(child);
  const forget = () => {
    children.delete(child);
    if (children.size === 0) process.off('exit', killAll);
  };
  child.once('exit', forget);
  child.once('error', forget);
}

function killAll(): void {
  for (const child of children) child.kill('SIGKILL');
}
