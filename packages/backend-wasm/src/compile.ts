import {
  type BufferId,
  type ContractionKernel,
  type Kernel,
  type Plan,
  planMemory,
} from '@polyneuron/fusion';
import { storedAs } from '@polyneuron/graph';
import type { Code } from './assembler/code.js';
import { Module } from './assembler/module.js';
import { type ContractionLowering, lowerContraction, workBytesOf } from './lower/lowerContraction.js';
import { lowerLanes } from './lower/lowerLanes.js';
import { lowerLoop } from './lower/lowerLoop.js';
import {
  lowerArgMax,
  lowerCumulative,
  lowerGather,
  lowerRandom,
  lowerScatterAdd,
} from './lower/lowerMoves.js';

const pageBytes = 65536;

export interface CompileSettings {
  readonly isRelaxed: boolean;
  /** Also export each kernel as `kernel0`, `kernel1`, ..., to time them one by one. */
  readonly exportsKernels?: boolean;
}

/** A module and the memory that it expects. */
export interface CompiledPlan {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly addresses: ReadonlyMap<BufferId, number>;
  /** Constant data to write before the first run. */
  readonly data: readonly { readonly address: number; readonly words: Float32Array | Int32Array }[];
  /** One past the last byte in use. */
  readonly end: number;
  readonly pages: number;
}

const lowerings: {
  readonly [K in Kernel['kind']]: (
    code: Code,
    lowering: ContractionLowering,
    kernel: Extract<Kernel, { kind: K }>,
  ) => void;
} = {
  loop: lowerLoop,
  contraction: lowerContraction,
  cumulative: lowerCumulative,
  gather: lowerGather,
  scatterAdd: lowerScatterAdd,
  argMax: lowerArgMax,
  random: lowerRandom,
  lanes: lowerLanes,
};

/** Address 0 stays unused, so that a zero address in a debugger means a mistake. */
const firstAddress = 64;

/** Bytes after each buffer that whole-vector reads may touch: a panel of eight columns reads up to seven too many. */
const slackBytes = 32;

/**
 * Writes a plan as one WebAssembly module over one imported memory. Exports `run()`, one execution, and
 * `scan(steps, ...inputs, ...outputs)`, which takes the address of each stacked input and output.
 */
export function compilePlan(plan: Plan, settings: CompileSettings): CompiledPlan {
  const memory = planMemory(plan, firstAddress, 64, slackBytes);
  const contractions = plan.kernels.filter(
    (kernel): kernel is ContractionKernel => kernel.kind === 'contraction',
  );
  const workBytes = Math.max(0, ...contractions.map(workBytesOf));
  const tables: { address: number; words: Int32Array }[] = [];
  let end = memory.end + workBytes + slackBytes;
  const module = new Module();
  const lowering: ContractionLowering = {
    module,
    ...settings,
    addressOf: (buffer) => memory.addresses.get(buffer) as number,
    workArea: memory.end,
    table: (values) => {
      const address = Math.ceil(end / 64) * 64;
      tables.push({ address, words: Int32Array.from(values) });
      end = address + 4 * values.length;
      return address;
    },
  };
  // Each kernel is a function of its own: engines optimise functions that are entered often, never a running loop
  const kernels = plan.kernels.map((kernel, at) =>
    module.function(settings.exportsKernels ? { exportName: `kernel${at}` } : {}, (code) =>
      (lowerings[kernel.kind] as (code: Code, lowering: ContractionLowering, kernel: Kernel) => void)(
        code,
        lowering,
        kernel,
      ),
    ),
  );
  const run = module.function({ exportName: 'run' }, (code) => {
    for (const kernel of kernels) code.call(kernel);
  });
  addScan(module, plan, lowering, run);
  const constants = plan.buffers.flatMap(({ id, kind, size, dtype, values }) => {
    if (kind !== 'constant' || !values || size === 0 || !memory.addresses.has(id)) return [];
    const words = dtype === 'float32' ? new Float32Array(size) : new Int32Array(size);
    return [
      {
        address: memory.addresses.get(id) as number,
        words: words.map((_, at) => storedAs(values[values.length === 1 ? 0 : at], dtype)),
      },
    ];
  });
  const pages = Math.ceil((end + slackBytes) / pageBytes);
  return {
    bytes: module.encode({ minimum: pages }),
    addresses: memory.addresses,
    data: [...constants, ...tables],
    end,
    pages,
  };
}

/** Loops over steps inside WebAssembly: copies one step's inputs in, runs, copies its outputs out. */
function addScan(module: Module, plan: Plan, { addressOf }: ContractionLowering, run: number): void {
  const inputs = Object.values(plan.inputs);
  const outputs = Object.values(plan.outputs);
  const bytesOf = (buffer: BufferId) => 4 * plan.buffers[buffer].size;
  const parameters = [
    'i32' as const,
    ...inputs.map(() => 'i32' as const),
    ...outputs.map(() => 'i32' as const),
  ];
  const step = module.function({ parameters: parameters.slice(1) }, (code, places) => {
    inputs.forEach((buffer, at) =>
      code.i32(addressOf(buffer)).get(places[at]).i32(bytesOf(buffer)).copyMemory(),
    );
    code.call(run);
    outputs.forEach((buffer, at) =>
      code
        .get(places[inputs.length + at])
        .i32(addressOf(buffer))
        .i32(bytesOf(buffer))
        .copyMemory(),
    );
  });
  module.function({ exportName: 'scan', parameters }, (code, [steps, ...places]) => {
    code.get(steps).if(() =>
      code.loop(() => {
        for (const at of places) code.get(at);
        code.call(step);
        [...inputs, ...outputs].forEach((buffer, at) => code.advance(places[at], bytesOf(buffer)));
        code.get(steps).i32(-1).op('i32.add').tee(steps).branchIf(0);
      }),
    );
  });
}
