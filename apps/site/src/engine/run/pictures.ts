import type { Backend, TensorData } from '@polyneuron/backend';
import type { ViewWish } from '../../protocol/messages.js';
import type { DataSet } from '../data/dataSet.js';
import type { Network, Weights } from '../network/buildNetwork.js';
import {
  createForwardPass,
  type ForwardPass,
  type PassOutputs,
  pointOutputs,
} from '../programs/forwardPass.js';
import type { Objective } from '../programs/objective.js';
import type { BufferPool } from './bufferPool.js';

/** Cells along each side of a thumbnail. */
export const thumbnailSize = 48;

/** What one contestant computes in the shown square: surfaces, units, single points. Passes are compiled on first use. */
export class Pictures {
  private readonly backend: Backend;
  private readonly network: Network;
  private readonly objective: Objective;
  private readonly data: DataSet;
  private readonly passes = new Map<string, ForwardPass>();

  constructor(backend: Backend, network: Network, objective: Objective, data: DataSet) {
    this.backend = backend;
    this.network = network;
    this.objective = objective;
    this.data = data;
  }

  /** The surface: probabilities, or targets in their own units. */
  async surface(
    weights: Weights,
    { grid, extent }: Pick<ViewWish, 'grid' | 'extent'>,
    pool: BufferPool,
  ): Promise<Float32Array<ArrayBuffer>> {
    const { predicted } = await this.atGrid(weights, grid, extent);
    return this.inUnits(predicted, pool.take(grid * grid));
  }

  /** Outputs before the link at the points of a grid: logits of a binary task. */
  async outputs(weights: Weights, grid: number, extent: number): Promise<TensorData> {
    return (await this.atGrid(weights, grid, extent)).output;
  }

  /** Outputs before the link at any points, row by row as the network sees them. */
  async outputsAt(weights: Weights, name: string, x: () => Float32Array): Promise<TensorData> {
    const pass = await this.pass(name, x, pointOutputs(this.objective));
    return (await pass.run(weights)).output;
  }

  /** Responses of the units of the first part, one array each. */
  async units(weights: Weights, extent: number, pool: BufferPool): Promise<Float32Array<ArrayBuffer>[]> {
    const { layers } = this.network;
    const last = layers.filter(({ part }) => part === layers[0].part).length - 1;
    const pass = await this.pass(
      `units/${extent}`,
      () => this.gridPoints(thumbnailSize, extent),
      (outputs) => ({ response: outputs[last] }),
    );
    const { response } = await pass.run(weights);
    const count = layers[last].outputShape[0];
    const cells = thumbnailSize * thumbnailSize;
    return Array.from({ length: count }, (_, unit) => {
      const picture = pool.take(cells);
      for (let cell = 0; cell < cells; cell++) picture[cell] = response[cell * count + unit];
      return picture;
    });
  }

  /** Prediction at one point, as the network sees it. */
  async at(weights: Weights, point: readonly number[]): Promise<Float32Array> {
    const pass = await this.pass('point', () => Float32Array.from(point), pointOutputs(this.objective));
    pass.move(Float32Array.from(point));
    const { predicted } = await pass.run(weights);
    return this.inUnits(predicted, new Float32Array(predicted.length));
  }

  /** Target minus prediction of every sample, from predictions of all samples. */
  residuals(predicted: TensorData, pool: BufferPool): Float32Array<ArrayBuffer> {
    const { y, count } = this.data;
    const values = this.inUnits(predicted, pool.take(count));
    for (let row = 0; row < count; row++) values[row] = y[row] - values[row];
    return values;
  }

  /** Passes of views that are no longer shown. */
  forget(): void {
    for (const pass of this.passes.values()) pass.dispose();
    this.passes.clear();
  }

  private async atGrid(weights: Weights, grid: number, extent: number) {
    const points = () => this.gridPoints(grid, extent);
    return (await this.pass(`grid/${grid}/${extent}`, points, pointOutputs(this.objective))).run(weights);
  }

  private async pass(name: string, x: () => Float32Array, outputs: PassOutputs): Promise<ForwardPass> {
    const known = this.passes.get(name);
    if (known) return known;
    const made = await createForwardPass(this.backend, this.network, { x: x() }, outputs);
    this.passes.set(name, made);
    return made;
  }

  private inUnits(predicted: TensorData, into: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
    const { center, half } = this.data.targetScale;
    for (let at = 0; at < into.length; at++) into[at] = center + half * predicted[at];
    return into;
  }

  /** Centers of the cells of the shown square, as the network sees them; inputs after the second are 0. */
  gridPoints(grid: number, extent: number): Float32Array {
    const { inputs } = this.network;
    const x = new Float32Array(grid * grid * inputs);
    const place = (cell: number) => extent * ((2 * cell + 1) / grid - 1);
    for (let row = 0; row < grid; row++) {
      for (let column = 0; column < grid; column++) {
        const from = (row * grid + column) * inputs;
        x[from] = place(column);
        x[from + 1] = -place(row);
      }
    }
    return x;
  }
}
