/**
 * @file A program as one TensorFlow graph with several entries: one step, a loop of steps, and the state in and out.
 *
 * State lives in resource variables of the session. A scan is one loop inside the graph: state that changes is carried from step
 * to step as tensors and assigned when the loop ends.
 */
import type { Program, TensorSpec } from '@polyneuron/graph';
import { mapRecord } from '../mapRecord.js';
import { GraphBuilder, type Reference } from './graphBuilder.js';
import { addLoop } from './loop.js';
import { addStep, type References, type StepResults } from './stepGraph.js';
import type { Bytes } from './wire.js';

/** What one call of the session feeds and fetches. */
export interface GraphCall {
  readonly feeds: readonly string[];
  readonly fetches: readonly string[];
}

/** The calls of a program. */
export interface ProgramCalls {
  /** Sets all state to zero. */
  readonly initialise: GraphCall;
  /** Frees all state. */
  readonly release: GraphCall;
  /** Feeds inputs, fetches outputs, both in the program's order, and a last value that says that state is written. */
  readonly run: GraphCall;
  /** The same with the number of steps first, and a leading axis of steps everywhere. */
  readonly scan: GraphCall;
  readonly write: Readonly<Record<string, GraphCall>>;
  readonly read: Readonly<Record<string, GraphCall>>;
}

export interface ProgramGraph extends ProgramCalls {
  readonly savedModel: Bytes;
}

export function programGraph(program: Program): ProgramGraph {
  const graph = new GraphBuilder();
  const variables = mapRecord(program.state, ({ shape, dtype }, name) =>
    graph.add('VarHandleOp', [], { dtype: { type: dtype }, shape: { shape }, shared_name: { text: name } }),
  );
  const assign = (name: string, value: Reference, after: readonly Reference[] = []) =>
    graph.add('AssignVariableOp', [variables[name], value, ...after.map((node) => `^${node}`)], {
      dtype: { type: program.state[name].dtype },
    });
  const read = (name: string) =>
    graph.add('ReadVariableOp', [variables[name]], { dtype: { type: program.state[name].dtype } });
  /** State is written when everything is computed: an error leaves all of it as it was. */
  const finish = (
    feeds: readonly Reference[],
    { outputs, updates }: StepResults,
    reads: References,
  ): GraphCall => {
    const fetches = Object.entries(outputs).map(([name, at]) => ownName(graph, program.outputs[name], at));
    const values = mapRecord(updates, (at, name) => ownName(graph, program.state[name], at));
    const waits = [...fetches, ...Object.values(values), ...Object.values(reads)];
    const gate = graph.add(
      'NoOp',
      waits.map((node) => `^${node}`),
    );
    const effects = Object.entries(values).map(([name, value]) => assign(name, value, [gate]));
    return call(graph, feeds, fetches, effects);
  };

  const addRun = (): GraphCall => {
    const inputs = mapRecord(program.inputs, (spec) => placeholder(graph, spec));
    const state = mapRecord(program.state, (_, name) => read(name));
    return finish(Object.values(inputs), addStep(graph, program, { inputs, state }), state);
  };

  const addScan = (): GraphCall => {
    const steps = placeholder(graph, { shape: [], dtype: 'int32' });
    const inputs = mapRecord(program.inputs, ({ shape, dtype }) =>
      placeholder(graph, { shape: [-1, ...shape], dtype }),
    );
    const state = mapRecord(program.state, (_, name) => read(name));
    const results = addLoop(graph, program, { steps, inputs, state });
    return finish([steps, ...Object.values(inputs)], results, state);
  };

  const addWrite = (name: string): GraphCall => {
    const fed = placeholder(graph, program.state[name]);
    // What is fed lies in memory of JavaScript, which must not stay in a variable
    const copy = graph.add('DeepCopy', [fed], { T: { type: program.state[name].dtype } });
    return call(graph, [fed], [], [assign(name, copy)]);
  };

  const zeros = Object.entries(program.state).map(([name, { shape, dtype }]) => {
    const filled = graph.add('Fill', [graph.ints(shape), graph.constant([0], [], dtype)], {
      T: { type: dtype },
      index_type: { type: 'int32' },
    });
    return assign(name, filled);
  });

  return {
    initialise: call(graph, [], [], zeros),
    release: call(
      graph,
      [],
      [],
      Object.values(variables).map((variable) => graph.add('DestroyResourceOp', [variable])),
    ),
    run: addRun(),
    scan: addScan(),
    write: mapRecord(program.state, (_, name) => addWrite(name)),
    read: mapRecord(program.state, (_, name) => ({ feeds: [], fetches: [read(name)] })),
    savedModel: graph.finish(),
  };
}

function placeholder(graph: GraphBuilder, { shape, dtype }: TensorSpec): Reference {
  return graph.add('Placeholder', [], { dtype: { type: dtype }, shape: { shape } });
}

/** A value under a name of its own: a tensor that is fed cannot be fetched, and `name:1` cannot be waited for. */
function ownName(graph: GraphBuilder, { dtype }: TensorSpec, at: Reference): Reference {
  return graph.add('Identity', [at], { T: { type: dtype } });
}

/** A call that also runs `effects`: its last fetch is a constant that waits for them. */
function call(
  graph: GraphBuilder,
  feeds: readonly Reference[],
  fetches: readonly Reference[],
  effects: readonly Reference[],
): GraphCall {
  const done = graph.add(
    'Const',
    effects.map((node) => `^${node}`),
    {
      dtype: { type: 'bool' },
      value: { tensor: { dtype: 'bool', shape: [], content: Uint8Array.of(1) } },
    },
  );
  return { feeds, fetches: [...fetches, done] };
}
