import type { LibraryHandle } from 'koffi';
import { type ArgumentsOf, parameterKinds, type Signature, type SignatureTable } from './signature.js';

/** koffi as this package uses it; loaded on demand, because it is a native addon. */
export type Koffi = typeof import('koffi');

/** A shared library whose functions are called by name with arguments by name. Every call returns its status. */
export interface Library<Table extends SignatureTable> {
  readonly path: string;
  call<Name extends keyof Table>(name: Name, values: ArgumentsOf<Table[Name]>): number;
  /** On a thread of koffi's; the arguments stay alive until it ends. */
  callAsync<Name extends keyof Table>(name: Name, values: ArgumentsOf<Table[Name]>): Promise<number>;
  /** A function that takes one number and returns text. */
  describe(symbol: string, status: number): string;
  /** The text at an address that a call handed out. */
  textAt(address: bigint): string;
}

/**
 * Opens a shared library and binds a table of its functions.
 *
 * Throws   koffi's own errors, where the file cannot be opened; {@link MissingSymbolError}, where a function is not in it
 */
export function openLibrary<Table extends SignatureTable>(
  koffi: Koffi,
  path: string,
  table: Table,
): Library<Table> {
  const handle = koffi.load(path);
  const bound = new Map(
    (Object.keys(table) as (keyof Table)[]).map((name) => [name, bind(handle, path, table[name])]),
  );
  const functionOf = (name: keyof Table) => bound.get(name) as ReturnType<typeof bind>;
  const inOrder = <Name extends keyof Table>(name: Name, values: ArgumentsOf<Table[Name]>): unknown[] =>
    Object.keys(table[name].parameters).map((parameter) => values[parameter]);
  return {
    path,
    call: (name, values) => functionOf(name)(...inOrder(name, values)),
    callAsync: (name, values) =>
      new Promise((resolve, reject) => {
        functionOf(name).async(...inOrder(name, values), (error: unknown, status: number) => {
          // Named here, the arguments cannot be collected before
          void values;
          if (error) reject(error);
          else resolve(status);
        });
      }),
    describe: (symbol, status) => String(handle.func(symbol, 'str', ['int32_t'])(status)),
    textAt: (address) => koffi.decode.string(address),
  };
}

/** A library that lacks a function: it is older than what this package needs. */
export class MissingSymbolError extends Error {
  readonly path: string;
  readonly symbol: string;

  constructor(path: string, symbol: string) {
    super(`${path} has no function ${symbol}`);
    this.name = 'MissingSymbolError';
    this.path = path;
    this.symbol = symbol;
  }
}

function bind(handle: LibraryHandle, path: string, { symbol, parameters }: Signature) {
  const types = Object.values(parameters).map((kind) => parameterKinds[kind]);
  try {
    return handle.func(symbol, 'int32_t', types);
  } catch {
    throw new MissingSymbolError(path, symbol);
  }
}
