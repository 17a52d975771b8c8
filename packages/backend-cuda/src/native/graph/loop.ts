import type { Program, TensorSpec } from '@polyneuron/graph';
import { mapRecord } from '../mapRecord.js';
import type { GraphBuilder, Reference } from './graphBuilder.js';
import type { ElementType } from './graphMessages.js';
import { addStep, type References, type StepResults } from './stepGraph.js';

export interface LoopLeaves {
  /** int32 scalar */
  readonly steps: Reference;
  /** With a leading axis of steps. */
  readonly inputs: References;
  readonly state: References;
}

/**
 * `steps` executions of a program as one loop in the graph, in TensorFlow's dataflow form. Updated state is carried from step to
 * step as tensors, inputs are read by the index of the step, outputs are stacked.
 *
 * Source   Yu et al. 2018, Dynamic Control Flow in Large-Scale Machine Learning (EuroSys), section 4.1
 */
export function addLoop(graph: GraphBuilder, program: Program, leaves: LoopLeaves): StepResults {
  const loop = new Loop(graph);
  const index = loop.carry(graph.int(0), 'int32');
  const stacks = mapRecord(program.outputs, (spec) => openStack(graph, leaves.steps, spec));
  const flows = mapRecord(stacks, ({ flow }) => loop.carry(flow, 'float32'));
  const carried = mapRecord(program.updates, (_, name) =>
    loop.carry(leaves.state[name], program.state[name].dtype),
  );
  loop.open(index, loop.invariant(leaves.steps, 'int32'));

  const at = loop.current(index);
  graph.within(at, () => {
    const inputs = mapRecord(program.inputs, ({ dtype }, name) => {
      const table = loop.invariant(leaves.inputs[name], dtype);
      return graph.add('GatherV2', [table, at, graph.int(0)], {
        Tparams: { type: dtype },
        Tindices: { type: 'int32' },
        Taxis: { type: 'int32' },
      });
    });
    const state = mapRecord(program.state, ({ dtype }, name) =>
      carried[name] ? loop.current(carried[name]) : loop.invariant(leaves.state[name], dtype),
    );
    const { outputs, updates } = addStep(graph, program, { inputs, state });
    loop.next(index, graph.add('AddV2', [at, graph.int(1)], { T: { type: 'int32' } }));
    for (const name in updates) loop.next(carried[name], updates[name]);
    for (const name in outputs) {
      const handle = loop.invariant(stacks[name].handle, 'resource');
      const operands = [handle, at, outputs[name], loop.current(flows[name])];
      const type = { T: { type: program.outputs[name].dtype } };
      loop.next(flows[name], graph.add('TensorArrayWriteV3', operands, type));
    }
  });

  return {
    outputs: mapRecord(stacks, ({ handle }, name) =>
      readStack(graph, handle, loop.exit(flows[name]), leaves.steps, program.outputs[name]),
    ),
    updates: mapRecord(carried, (value) => loop.exit(value)),
  };
}

/** A tensor that every step replaces. */
interface Carried {
  readonly merge: Reference;
  readonly dtype: ElementType;
  /** The node that brings the new value, added last. */
  readonly next: string;
  /** Output 0 leaves the loop, output 1 goes into the body. */
  branch: Reference;
}

/** One frame of TensorFlow's control flow. */
class Loop {
  readonly #graph: GraphBuilder;
  readonly #carried: Carried[] = [];
  static readonly #frame = 'scan';

  constructor(graph: GraphBuilder) {
    this.#graph = graph;
  }

  carry(start: Reference, dtype: ElementType): Carried {
    const next = `next_${this.#carried.length}`;
    const merge = this.#graph.add('Merge', [this.#enter(start, dtype, false), next], {
      T: { type: dtype },
      N: { int: 2 },
    });
    const value: Carried = { merge, dtype, next, branch: '' };
    this.#carried.push(value);
    return value;
  }

  /** A tensor from outside that stays as it is. */
  invariant(value: Reference, dtype: ElementType): Reference {
    return this.#enter(value, dtype, true);
  }

  /** Goes on while `index` is below `steps`; everything carried is known by now. */
  open(index: Carried, steps: Reference): void {
    const isBelow = this.#graph.add('Less', [index.merge, steps], { T: { type: 'int32' } });
    const goesOn = this.#graph.add('LoopCond', [isBelow]);
    for (const value of this.#carried)
      value.branch = this.#graph.add('Switch', [value.merge, goesOn], { T: { type: value.dtype } });
  }

  current({ branch, dtype }: Carried): Reference {
    return this.#graph.add('Identity', [`${branch}:1`], { T: { type: dtype } });
  }

  next({ next, dtype }: Carried, value: Reference): void {
    this.#graph.addNamed(next, 'NextIteration', [value], { T: { type: dtype } });
  }

  exit({ branch, dtype }: Carried): Reference {
    return this.#graph.add('Exit', [branch], { T: { type: dtype } });
  }

  #enter(value: Reference, dtype: ElementType, isConstant: boolean): Reference {
    return this.#graph.add('Enter', [value], {
      T: { type: dtype },
      frame_name: { text: Loop.#frame },
      is_constant: { bool: isConstant },
      parallel_iterations: { int: 1 },
    });
  }
}

/** An array of one tensor per step; `flow` orders reads after writes. */
interface Stack {
  readonly handle: Reference;
  readonly flow: Reference;
}

function openStack(graph: GraphBuilder, steps: Reference, { shape, dtype }: TensorSpec): Stack {
  const handle = graph.add('TensorArrayV3', [steps], {
    dtype: { type: dtype },
    element_shape: { shape },
    identical_element_shapes: { bool: true },
  });
  return { handle, flow: `${handle}:1` };
}

function readStack(
  graph: GraphBuilder,
  handle: Reference,
  flow: Reference,
  steps: Reference,
  { shape, dtype }: TensorSpec,
): Reference {
  const every = graph.add('Range', [graph.int(0), steps, graph.int(1)], { Tidx: { type: 'int32' } });
  return graph.add('TensorArrayGatherV3', [handle, every, flow], {
    dtype: { type: dtype },
    element_shape: { shape },
  });
}
