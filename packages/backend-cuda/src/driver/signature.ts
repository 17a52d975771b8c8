/** How a parameter of a C function is passed: the word for koffi, and what TypeScript hands over. */
export const parameterKinds = {
  int32: 'int32_t',
  uint32: 'uint32_t',
  size: 'size_t',
  /** A pointer that only the library follows, or a device address. */
  handle: 'uint64_t',
  text: 'str',
  texts: 'const char **',
  /** Memory of this process that the call reads or fills. */
  data: 'void *',
  /** Cells that the call fills. */
  outHandle: 'void *',
  outInt32: 'void *',
  outSize: 'void *',
} as const;

export type ParameterKind = keyof typeof parameterKinds;

interface ArgumentOfKind {
  readonly int32: number;
  readonly uint32: number;
  readonly size: number;
  readonly handle: bigint;
  readonly text: string;
  readonly texts: readonly string[];
  readonly data: ArrayBufferView | null;
  readonly outHandle: BigUint64Array;
  readonly outInt32: Int32Array;
  readonly outSize: BigUint64Array;
}

/** A function of a library that returns a status, 0 for success. */
export interface Signature {
  /** The exported name, with the version that the C headers put behind their macros. */
  readonly symbol: string;
  /** In the order of C. */
  readonly parameters: Readonly<Record<string, ParameterKind>>;
}

export type SignatureTable = Readonly<Record<string, Signature>>;

/** Arguments of a function by name. */
export type ArgumentsOf<S extends Signature> = {
  readonly [Name in keyof S['parameters']]: ArgumentOfKind[S['parameters'][Name]];
};
