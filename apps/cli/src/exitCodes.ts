/** What the exit code of `polyneuron` says: one table for the program, its `--help` and its README. */
export const exitCodes = {
  success: { code: 0, meaning: 'done' },
  failure: {
    code: 1,
    meaning:
      'failed: a loss that diverged, a wrong result in bench, a file that cannot be written, a mistake of ours',
  },
  usage: { code: 2, meaning: 'unknown or unfitting command, option, layer, data set or shape' },
  backendUnavailable: { code: 3, meaning: 'the backend asked for cannot run here' },
  badData: { code: 4, meaning: 'data missing, damaged, or with values that are not finite' },
  interrupted: { code: 130, meaning: 'stopped by Ctrl-C; nothing half-written is left' },
} as const;

export type ExitName = keyof typeof exitCodes;

/** The table as lines for `--help`. */
export function describeExitCodes(): string {
  const rows = Object.values(exitCodes).map(
    ({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
  return ['Exit codes:', ...rows].join('\n');
}
