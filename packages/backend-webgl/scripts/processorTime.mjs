/** @file Processor time of the browser's GPU process, from Linux: it hardly depends on what else the machine does. */
import { readdirSync, readFileSync } from 'node:fs';

/** The GPU process that this process started, through the browser; undefined where /proc does not say. */
export function findGpuProcess() {
  return numbersIn('/proc').find((id) => {
    const command = textOf(`/proc/${id}/cmdline`);
    return command.includes('--type=gpu-process') && isDescendant(id);
  });
}

/** Milliseconds that all its threads have run. */
export function processorTimeMs(id) {
  const threads = numbersIn(`/proc/${id}/task`);
  return threads.reduce(
    (sum, thread) => sum + Number(textOf(`/proc/${id}/task/${thread}/schedstat`).split(' ')[0]) / 1e6,
    0,
  );
}

function isDescendant(id) {
  const parent = Number(/PPid:\s+(\d+)/.exec(textOf(`/proc/${id}/status`))?.[1] ?? 0);
  return parent === process.pid || (parent > 1 && isDescendant(parent));
}

const numbersIn = (folder) => {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
};

const textOf = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended meanwhile
    return '';
  }
};
