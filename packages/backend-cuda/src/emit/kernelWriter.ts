import type { Buffer, BufferId } from '@polyneuron/fusion';
import type { DeviceFunctionName } from './deviceFunctions.js';
import type { CudaKernel, Parameter } from './kernel.js';

/** The body of a device function under construction. */
export class KernelWriter {
  private readonly buffers: readonly Buffer[];
  private readonly parameters: { buffer: BufferId; isWritten: boolean }[] = [];
  private readonly functions = new Set<DeviceFunctionName>();
  private readonly lines: string[] = [];
  /** Names of expressions that the enclosing blocks have computed. */
  private readonly scopes: Map<string, string>[] = [new Map()];
  private names = 0;

  constructor(buffers: readonly Buffer[]) {
    this.buffers = buffers;
  }

  buffer(id: BufferId): Buffer {
    return this.buffers[id];
  }

  /** Pointer to a buffer. */
  pointer(buffer: BufferId, isWritten = false): string {
    let at = this.parameters.findIndex((parameter) => parameter.buffer === buffer);
    if (at < 0) at = this.parameters.push({ buffer, isWritten }) - 1;
    if (isWritten) this.parameters[at].isWritten = true;
    return `p${at}`;
  }

  line(text: string): void {
    this.lines.push(`${'  '.repeat(this.scopes.length)}${text}`);
  }

  /** `heading { ... }`, or braces alone. */
  block(heading: string, inner: () => void): void {
    this.line(heading ? `${heading} {` : '{');
    this.scopes.push(new Map());
    inner();
    this.scopes.pop();
    this.line('}');
  }

  name(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  define(type: string, expression: string, prefix = 'v'): string {
    const name = this.name(prefix);
    this.line(`const ${type} ${name} = ${expression};`);
    return name;
  }

  /** An integer that is defined once per block, however often it is asked for. */
  integer(expression: string): string {
    if (/^\w+$/.test(expression)) return expression;
    for (const scope of this.scopes) {
      const known = scope.get(expression);
      if (known) return known;
    }
    const name = this.define('int', expression, 'i');
    this.scopes[this.scopes.length - 1].set(expression, name);
    return name;
  }

  call(name: DeviceFunctionName, ...of: readonly string[]): string {
    this.functions.add(name);
    return `${name}(${of.join(', ')})`;
  }

  finish(name: string, blocks: number, threads: number): CudaKernel {
    return {
      name,
      parameters: this.parameters.map(
        ({ buffer, isWritten }): Parameter => ({ buffer, isWritten, dtype: this.buffers[buffer].dtype }),
      ),
      functions: [...this.functions].sort(),
      body: usedLines(this.lines).join('\n'),
      blocks,
      threads,
    };
  }
}

/** Leaves out definitions that nothing after them refers to, as coordinates along which nothing is read. */
function usedLines(lines: readonly string[]): string[] {
  const used = new Set<string>();
  return lines
    .toReversed()
    .filter((line) => {
      const name = /^ *const \w+ (\w+) = /.exec(line)?.[1];
      if (name !== undefined && !used.has(name)) return false;
      for (const [word] of line.matchAll(/\w+/g)) used.add(word);
      return true;
    })
    .reverse();
}
