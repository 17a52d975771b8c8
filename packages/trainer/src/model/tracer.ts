import {
  add,
  cast,
  constant,
  div,
  InternalError,
  type Node,
  reshape,
  select,
  state,
  stopGradient,
  type TensorSpec,
} from '@polyneuron/graph';
import type { LayerVariable, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type AdaptedLayer, adaptLayer } from './adaptLayer.js';
import { projectionOf } from './constraints.js';
import { graphOf, type LayerInternals, type ModelInternals } from './modelInternals.js';
import { penaltyOf } from './penalties.js';
import type { TracedCall, TracedModel, TracedWeight, TraceOptions } from './tracedModel.js';

/** Builds the graph of one model; what it meets on the way (weights, penalties, updates) gathers in it. */
export class Tracer {
  private readonly options: TraceOptions;
  private readonly weights = new Map<LayerVariable, TracedWeight>();
  private readonly penalties: Node[] = [];
  private readonly updates: Record<string, Node> = {};
  private readonly calls: TracedCall[] = [];
  private readonly randomKeys: string[] = [];

  constructor(options: TraceOptions) {
    this.options = options;
  }

  /** Outputs of a model, nested or not, for these inputs. */
  traceGraph(graph: ModelInternals, inputs: readonly Node[]): Node[] {
    // Each call of a nested model has values of its own for the same symbolic tensors.
    const values = new Map<number, Node>(graph.inputs.map((symbol, at) => [symbol.id, inputs[at]]));
    const nodeOf = (symbol: SymbolicTensor): Node => {
      if (!values.has(symbol.id)) {
        const layer = symbol.sourceLayer as unknown as LayerInternals;
        const call = layer.inboundNodes[symbol.nodeIndex];
        const outputs = this.callLayer(layer, call.inputTensors.map(nodeOf));
        call.outputTensors.forEach(({ id }, at) => {
          values.set(id, outputs[at]);
        });
      }
      return values.get(symbol.id) as Node;
    };
    return graph.outputs.map(nodeOf);
  }

  results(): Omit<TracedModel, 'inputs' | 'outputs'> {
    const { weights, penalties, updates, calls, randomKeys } = this;
    return {
      weights: [...weights.values()],
      penalty: penalties.length > 0 ? penalties.reduce((total, term) => add(total, term)) : undefined,
      updates,
      calls,
      randomKeys,
    };
  }

  private callLayer(layer: LayerInternals, inputs: readonly Node[]): readonly Node[] {
    const nested = graphOf(layer);
    if (nested) return this.traceGraph(nested, inputs);
    const adaptation = adaptLayer(layer);
    if ('reason' in adaptation)
      throw new InternalError(`layer ${layer.name} was traced, but ${adaptation.reason}`);
    const output = this.callRecord(adaptation.adapted, inputs);
    this.calls.push({ layer: layer.name, className: layer.getClassName(), inputs, output });
    return [output];
  }

  private callRecord(
    { forward, parameters, activityRegularizer, usesRandom }: AdaptedLayer,
    inputs: readonly Node[],
  ): Node {
    const { isTraining = false } = this.options;
    const bound = parameters.map((parameter) => ({
      ...parameter,
      weight: this.weightOf(parameter.variable, parameter.name, parameter.constraint),
    }));
    const { output, updates = {} } = forward({
      inputs: inputs.map((x) => cast(x, 'float32')),
      parameters: Object.fromEntries(bound.map(({ name, weight }) => [name, this.currentValue(weight)])),
      isTraining,
      ...(usesRandom && { randomKey: this.nextRandomKey(isTraining) }),
    });
    for (const { name, regularizer, weight } of bound) {
      if (regularizer) this.addPenalty(penaltyOf(regularizer, weight.node));
      if (updates[name]) this.updates[weight.state] = updates[name];
    }
    if (activityRegularizer && isTraining)
      this.addPenalty(this.activityPenalty(output, (y) => penaltyOf(activityRegularizer, y)));
    return output;
  }

  /** What a call before this one, in the same step, has left: a constant of this call, like what a step before has left. */
  private currentValue({ state: entry, node }: TracedWeight): Node {
    return entry in this.updates ? stopGradient(this.updates[entry]) : node;
  }

  private addPenalty(penalty: Node | undefined): void {
    if (penalty) this.penalties.push(penalty);
  }

  /** regularizer(y) / B over the samples that count. */
  private activityPenalty(y: Node, penalty: (y: Node) => Node | undefined): Node | undefined {
    const { counted, batch } = this.options;
    const total = penalty(
      counted
        ? select(
            reshape(
              counted.mask,
              y.shape.map((extent, axis) => (axis === 0 ? extent : 1)),
            ),
            y,
            0,
          )
        : y,
    );
    return total && div(total, counted?.count ?? batch);
  }

  private weightOf(
    variable: LayerVariable,
    name: string,
    constraint: AdaptedLayer['parameters'][number]['constraint'],
  ): TracedWeight {
    const known = this.weights.get(variable);
    if (known) return known;
    // Positions, not tfjs's running names: equal models print equally, and backends cache by print.
    const entry = `w${this.weights.size}:${name}`;
    const spec: TensorSpec = {
      shape: variable.shape as number[],
      dtype: variable.dtype === 'int32' || variable.dtype === 'bool' ? variable.dtype : 'float32',
    };
    const project = constraint ? projectionOf(constraint) : undefined;
    const weight: TracedWeight = {
      state: entry,
      spec,
      variable,
      node: state(entry, spec),
      ...(project && { project }),
    };
    this.weights.set(variable, weight);
    return weight;
  }

  /** A key of its own for every drawing call; its counter advances once per step of training. */
  private nextRandomKey(isTraining: boolean): Node {
    const entry = `random${this.randomKeys.length}`;
    const key = state(entry, { shape: [2], dtype: 'int32' });
    this.randomKeys.push(entry);
    if (isTraining) this.updates[entry] = add(key, constant([0, 1], [2], 'int32'));
    return key;
  }
}
