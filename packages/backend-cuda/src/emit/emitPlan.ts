import type { Kernel, Plan } from '@polyneuron/fusion';
import { InternalError } from '@polyneuron/graph';
import { emitArgMax } from './emitArgMax.js';
import { emitContraction } from './emitContraction.js';
import { emitCumulative } from './emitCumulative.js';
import { emitGather } from './emitGather.js';
import { emitLoop } from './emitLoop.js';
import { emitRandom } from './emitRandom.js';
import { emitScatterAdd } from './emitScatterAdd.js';
import { type CudaKernel, createEmitContext, type EmitContext } from './kernel.js';

type Emitters = {
  readonly [K in Kernel['kind']]: (
    context: EmitContext,
    kernel: Extract<Kernel, { kind: K }>,
  ) => CudaKernel[];
};

const emitters: Emitters = {
  loop: (context, { body }) => emitLoop(context, body),
  contraction: (context, kernel) => emitContraction(context, kernel),
  cumulative: emitCumulative,
  gather: emitGather,
  scatterAdd: emitScatterAdd,
  argMax: emitArgMax,
  random: emitRandom,
  lanes: () => {
    throw new InternalError('backend-cuda: plans with lanes are for vector processors');
  },
};

export interface EmittedPlan {
  readonly kernels: readonly CudaKernel[];
  readonly context: EmitContext;
}

/** The launches of a plan without lanes, in order. */
export function emitPlan({ buffers, kernels }: Plan, formOf?: EmitContext['formOf']): EmittedPlan {
  const context = createEmitContext(buffers, formOf);
  return {
    context,
    kernels: kernels.flatMap((kernel) =>
      (emitters[kernel.kind] as (context: EmitContext, kernel: Kernel) => CudaKernel[])(context, kernel),
    ),
  };
}
