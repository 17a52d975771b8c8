import { SingleBar } from 'cli-progress';

/** Says how far a job is. On anything but a terminal all methods do nothing. */
export interface Progress {
  begin(label: string, total: number): void;
  /** `done` of the total; the note stands at the end of the line. */
  update(done: number, note?: string): void;
  end(): void;
}

/** A progress bar on `stream` if that is a terminal. The line disappears when the job ends. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return silentProgress;
  let bar: SingleBar | undefined;
  return {
    begin(label, total) {
      bar?.stop();
      bar = new SingleBar({
        stream,
        format: `${label.padEnd(34)} {bar} {percentage}%  {note}`,
        barsize: 24,
        hideCursor: true,
        clearOnComplete: true,
        barCompleteChar: '█',
        barIncompleteChar: '░',
      });
      bar.start(total, 0, { note: '' });
    },
    update: (done, note = '') => bar?.update(done, { note }),
    end() {
      bar?.stop();
      bar = undefined;
    },
  };
}

export const silentProgress: Progress = { begin() {}, update() {}, end() {} };
