import type { Backend, Executable, TensorMap } from '@polyneuron/backend';
import { input, type Node, type Program, programOf, state } from '@polyneuron/graph';
import { applyNetwork, type Network, type Weights } from '../network/buildNetwork.js';
import type { Objective } from './objective.js';
import { xName, yName } from './trainingProgram.js';

/** A network on resident points; its weights are fed. */
export interface ForwardPass {
  run(weights: Weights): Promise<TensorMap>;
  /** Other points in place of those it has, as many. */
  move(x: Float32Array): void;
  dispose(): void;
}

/** What a pass returns, by name: made of the network's layers' outputs and, where there are targets, y. */
export type PassOutputs = (layers: readonly Node[], y: Node | undefined) => Readonly<Record<string, Node>>;

/** Losses and predictions of samples: loss [N], predicted [N, outputs]. */
export const scoreOutputs =
  ({ perSample, predict }: Objective): PassOutputs =>
  (layers, y) => {
    const output = layers.at(-1) as Node;
    return { loss: perSample(y as Node, output), predicted: predict(output) };
  };

/** Outputs and predictions at points: output [N, outputs], predicted [N, outputs]. */
export const pointOutputs =
  ({ predict }: Objective): PassOutputs =>
  (layers) => {
    const output = layers.at(-1) as Node;
    return { output, predicted: predict(output) };
  };

export interface PassPoints {
  /** Row by row, as the network sees them. */
  readonly x: Float32Array;
  readonly y?: Float32Array;
}

export function forwardProgram(
  network: Network,
  points: number,
  outputs: PassOutputs,
  hasTargets: boolean,
): Program {
  const x = state(xName, { shape: [points, network.inputs], dtype: 'float32' });
  const y = hasTargets ? state(yName, { shape: [points, 1], dtype: 'float32' }) : undefined;
  const weights = Object.fromEntries(
    network.places.map(({ name, shape }) => [name, input(name, { shape, dtype: 'float32' })]),
  );
  return programOf('forward', outputs(applyNetwork(network, x, weights, false), y), {});
}

export async function createForwardPass(
  backend: Backend,
  network: Network,
  { x, y }: PassPoints,
  outputs: PassOutputs,
): Promise<ForwardPass> {
  const program = forwardProgram(network, x.length / network.inputs, outputs, y !== undefined);
  const executable: Executable = await backend.compile(program);
  if (program.state[xName]) executable.write(xName, x);
  if (y && program.state[yName]) executable.write(yName, y);
  return {
    run: (weights) =>
      executable.run(Object.fromEntries(Object.keys(program.inputs).map((name) => [name, weights[name]]))),
    move: (points) => executable.write(xName, points),
    dispose: () => executable.dispose(),
  };
}
