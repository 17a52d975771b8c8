/** @file Which commit the sources of this build are from; read when pages are rendered, never in a browser. */
import { execFileSync } from 'node:child_process';

const known = new Map<string, string | undefined>();

/** Commit and date of the sources, or of the last change to one file of the repository; undefined outside of one. */
export function commitOf(file = '.'): string | undefined {
  if (!known.has(file)) known.set(file, readCommit(file));
  return known.get(file);
}

function readCommit(file: string): string | undefined {
  try {
    const top = git('rev-parse', '--show-toplevel');
    return git('-C', top, 'log', '-1', '--format=%h of %cs', '--', file) || undefined;
  } catch {
    return undefined;
  }
}

function git(...parameters: readonly string[]): string {
  return execFileSync('git', parameters, { stdio: ['ignore', 'pipe', 'ignore'] })
    .toString()
    .trim();
}
