import { Bytes } from './bytes.js';
import type { Code } from './code.js';
import { Code as CodeBuilder } from './code.js';
import { type ValueType, valueTypes } from './opcodes.js';

interface FunctionEntry {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly code: Code;
  readonly exportName: string | undefined;
}

export interface FunctionOptions {
  readonly parameters?: readonly ValueType[];
  readonly results?: readonly ValueType[];
  readonly exportName?: string;
}

export interface MemoryOptions {
  /** Pages of 64 KiB. */
  readonly minimum: number;
  readonly maximum?: number;
  readonly isShared?: boolean;
}

/** One WebAssembly module over one imported memory `env.memory`, and imported constants `env.<name>` of type i32. */
export class Module {
  private readonly globals: readonly string[];
  private readonly functions: FunctionEntry[] = [];
  private readonly named = new Map<string, number>();

  constructor(globals: readonly string[] = []) {
    this.globals = globals;
  }

  /** Adds a function and returns its index; `build` writes the body. */
  function(options: FunctionOptions, build: (code: Code, parameters: readonly number[]) => void): number {
    const { parameters = [], results = [], exportName } = options;
    const code = new CodeBuilder(parameters);
    const index = this.functions.push({ parameters, results, code, exportName }) - 1;
    build(
      code,
      parameters.map((_, at) => at),
    );
    return index;
  }

  /** A function that many callers share: made on first use. */
  shared(
    name: string,
    options: FunctionOptions,
    build: (code: Code, parameters: readonly number[]) => void,
  ): number {
    const known = this.named.get(name);
    if (known !== undefined) return known;
    const index = this.function(options, build);
    this.named.set(name, index);
    return index;
  }

  encode({ minimum, maximum, isShared = false }: MemoryOptions): Uint8Array<ArrayBuffer> {
    const types = new Map<string, number>();
    const typeBytes = new Bytes();
    const typeOf = ({ parameters, results }: FunctionEntry): number => {
      const key = `${parameters.join()}>${results.join()}`;
      const known = types.get(key);
      if (known !== undefined) return known;
      typeBytes.byte(0x60);
      for (const list of [parameters, results])
        typeBytes.unsigned(list.length).bytes(list.map((type) => valueTypes[type]));
      types.set(key, types.size);
      return types.size - 1;
    };
    const declared = new Bytes().unsigned(this.functions.length);
    for (const entry of this.functions) declared.unsigned(typeOf(entry));
    const imports = new Bytes()
      .unsigned(1 + this.globals.length)
      .text('env')
      .text('memory')
      .byte(0x02);
    imports.byte((maximum === undefined ? 0 : 1) | (isShared ? 2 : 0)).unsigned(minimum);
    if (maximum !== undefined) imports.unsigned(maximum);
    for (const name of this.globals) imports.text('env').text(name).bytes([0x03, valueTypes.i32, 0x00]);
    const exported = this.functions.flatMap(({ exportName }, at) =>
      exportName === undefined ? [] : [{ exportName, at }],
    );
    const exports = new Bytes().unsigned(exported.length);
    for (const { exportName, at } of exported) exports.text(exportName).byte(0x00).unsigned(at);
    const bodies = new Bytes().unsigned(this.functions.length);
    for (const { code } of this.functions) bodies.nested(encodeBody(code));
    const module = new Bytes().bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
    const section = (id: number, content: Bytes) => module.byte(id).nested(content);
    section(1, new Bytes().unsigned(types.size).bytes(typeBytes.toUint8Array()));
    section(2, imports);
    section(3, declared);
    section(7, exports);
    section(10, bodies);
    return module.toUint8Array();
  }
}

function encodeBody({ locals, body }: Code): Bytes {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of locals) {
    const last = runs[runs.length - 1];
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  const encoded = new Bytes().unsigned(runs.length);
  for (const { type, count } of runs) encoded.unsigned(count).byte(valueTypes[type]);
  return encoded.bytes(body.toUint8Array()).byte(0x0b);
}
