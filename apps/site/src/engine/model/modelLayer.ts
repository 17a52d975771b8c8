/** A layer as a file of tfjs has it. */
export interface ModelLayer {
  /** Name of the record. */
  readonly layer: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: ArrayLike<number>;
  }[];
}
