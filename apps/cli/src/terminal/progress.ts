import { type Progress, silentProgress } from '@polyneuron/experiments';
import { SingleBar } from 'cli-progress';

/** A progress bar on `stream` if that is a terminal, else nothing. The line disappears when the job ends. */
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
