import { type DeviceFunctionName, deviceFunctions } from './deviceFunctions.js';
import type { CudaKernel } from './kernel.js';
import { typeOf } from './literals.js';

/** A kernel with the byte address of each of its parameters in the arena. */
export interface PlacedKernel {
  /** Name of the `extern "C"` function; unique in a source. */
  readonly symbol: string;
  readonly kernel: CudaKernel;
  readonly addresses: readonly number[];
}

/** Text of a device function without its name: the same for equal kernels. */
function definitionOf({ parameters, body }: CudaKernel): string {
  const list = parameters.map(
    ({ dtype, isWritten }, at) => `${isWritten ? '' : 'const '}${typeOf(dtype)}* __restrict__ p${at}`,
  );
  return `(${list.join(', ')}) {\n${body}\n}`;
}

/** One translation unit: device functions, each once, and a kernel per launch that hands them their addresses. */
export function printSource(placed: readonly PlacedKernel[]): string {
  const used = new Set<DeviceFunctionName>(placed.flatMap(({ kernel }) => kernel.functions));
  const names = new Map<string, string>();
  const bodies: string[] = [];
  const kernels = placed.map(({ symbol, kernel, addresses }) => {
    const definition = definitionOf(kernel);
    let name = names.get(definition);
    if (name === undefined) {
      name = `${kernel.name}_${names.size}`;
      names.set(definition, name);
      bodies.push(`static __device__ __forceinline__ void ${name}${definition}`);
    }
    const places = kernel.parameters.map(
      ({ dtype, isWritten }, at) =>
        `(${isWritten ? '' : 'const '}${typeOf(dtype)}*)(arena + ${addresses[at]}ull)`,
    );
    return [
      `extern "C" __global__ void __launch_bounds__(${kernel.threads}) ${symbol}(unsigned char* arena) {`,
      `  ${name}(${places.join(', ')});`,
      '}',
    ].join('\n');
  });
  const functions = (Object.keys(deviceFunctions) as DeviceFunctionName[])
    .filter((name) => used.has(name))
    .map((name) => deviceFunctions[name]);
  return `${[...functions, ...bodies, ...kernels].join('\n\n')}\n`;
}
