/** Says how far a job is. */
export interface Progress {
  begin(label: string, total: number): void;
  /** `done` of the total; the note says more. */
  update(done: number, note?: string): void;
  end(): void;
}

/** Says nothing. */
export const silentProgress: Progress = { begin() {}, update() {}, end() {} };
