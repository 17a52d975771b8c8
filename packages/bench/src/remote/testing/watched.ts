import type { StartTransport } from '../remoteProcess.js';

export interface Watched {
  readonly start: StartTransport;
  /** How each process that was started ended, in order. */
  readonly ends: readonly Promise<string>[];
}

/** Remembers the processes that are started; `onStart` is called after each start. */
export function watched(start: StartTransport, onStart: () => void = () => {}): Watched {
  const ends: Promise<string>[] = [];
  return {
    ends,
    start(events) {
      let tellEnd: (how: string) => void = () => {};
      ends.push(
        new Promise((resolve) => {
          tellEnd = resolve;
        }),
      );
      const onEnd = (how: string) => {
        tellEnd(how);
        events.onEnd(how);
      };
      const transport = start({ ...events, onEnd });
      onStart();
      return transport;
    },
  };
}
