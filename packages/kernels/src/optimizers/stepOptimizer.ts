import {
  add,
  cast,
  constant,
  formatSpec,
  isSameShape,
  mul,
  type Node,
  type Operand,
  ShapeError,
  state as stateNode,
  sub,
  type TensorSpec,
  ValueError,
} from '@polyneuron/graph';
import { optimizerConfig } from './optimizerConfig.js';
import type { OptimizerConfig, OptimizerSpec } from './optimizerSpec.js';

type Nodes = Readonly<Record<string, Node>>;

/** A value that the optimizer keeps between steps, the same number everywhere at first. */
export interface OptimizerState {
  readonly spec: TensorSpec;
  readonly initialValue: number;
}

/** What one parameter does otherwise than the rest. */
export interface ParameterRule {
  /** The parameter learns at this many times the learning rate; its decay does not change with it. default 1 */
  readonly learningRateFactor?: number;
  /** Decoupled weight decay λ. default: the optimizer's own */
  readonly decay?: number;
  /** What decay pulls towards, of the parameter's shape. default 0 */
  readonly rest?: Operand;
}

export interface OptimizerStepOptions<C extends OptimizerConfig> {
  readonly spec: OptimizerSpec<C>;
  readonly config?: Partial<C>;
  readonly parameters: Nodes;
  /** One per parameter, of its shape. */
  readonly gradients: Nodes;
  /** Scalar float32 from the number of finished steps, a scalar float32 too; the configured constant when left out. */
  readonly learningRate?: (finishedSteps: Node) => Node;
  /** Applied to the gradients first: `clipByNorm` and the like. */
  readonly clip?: (gradients: Nodes) => Nodes;
  /** The rule of a parameter, by name. */
  readonly ruleOf?: (name: string) => ParameterRule | undefined;
}

export interface OptimizerStep {
  /** The parameters after the step. */
  readonly parameters: Nodes;
  /** What must be kept: `optimizer/step` (int32 scalar, finished steps), `optimizer/<global>`, `optimizer/<slot>/<parameter>`. */
  readonly state: Readonly<Record<string, OptimizerState>>;
  /** New value of each entry of `state`. */
  readonly updates: Nodes;
}

/** Name of the state entry that counts finished steps. */
export const optimizerStepName = 'optimizer/step';

/**
 * One step of an optimizer as a graph: the new parameters, and the state it reads and replaces.
 *
 * θ ← θ - η λ (θ - rest), then θ ← update(θ, g, f η): λ and f are those of the parameter's rule, η of the schedule.
 * The step is counted in int32 and cast, so that it stays exact beyond 2^24.
 *
 * Throws   ValueError when parameters and gradients have different names; ShapeError when one differs in shape
 */
export function stepOptimizer<C extends OptimizerConfig>(options: OptimizerStepOptions<C>): OptimizerStep {
  const { spec, parameters, clip = (gradients) => gradients, learningRate: schedule, ruleOf } = options;
  checkGradients(spec.name, parameters, options.gradients);
  const config = optimizerConfig(spec, options.config);
  const kept = new Kept();

  const count = kept.read(optimizerStepName, { shape: [], dtype: 'int32' }, 0);
  kept.write(optimizerStepName, add(count, 1));
  const finishedSteps = cast(count, 'float32');
  const step = cast(add(count, 1), 'float32');
  const learningRate = schedule ? schedule(finishedSteps) : constant(config.learningRate);

  const globals = Object.fromEntries(
    spec.globals(config).map(({ name, initialValue }) => {
      return [name, kept.read(`optimizer/${name}`, { shape: [], dtype: 'float32' }, initialValue)];
    }),
  );
  for (const [name, node] of Object.entries(spec.advanceGlobals(config, globals)))
    kept.write(`optimizer/${name}`, node);

  const gradients = clip(options.gradients);
  const updated = Object.entries(parameters).map(([name, parameter]) => {
    const slots = Object.fromEntries(
      spec.slots(config, parameter.shape).map((slot) => {
        const entry = kept.read(
          `optimizer/${slot.name}/${name}`,
          { shape: parameter.shape, dtype: 'float32' },
          slot.initialValue,
        );
        return [slot.name, entry];
      }),
    );
    const { learningRateFactor = 1, decay = spec.weightDecay?.(config), rest = 0 } = ruleOf?.(name) ?? {};
    const result = spec.update({
      config,
      learningRate: learningRateFactor === 1 ? learningRate : mul(learningRate, learningRateFactor),
      step,
      parameter: decay ? decayed(parameter, decay, rest, learningRate) : parameter,
      gradient: gradients[name],
      slots,
      globals,
    });
    for (const [slot, node] of Object.entries(result.slots)) kept.write(`optimizer/${slot}/${name}`, node);
    return [name, result.parameter] as const;
  });
  return { parameters: Object.fromEntries(updated), state: kept.state, updates: kept.updates };
}

/** θ - η λ (θ - rest) */
function decayed(parameter: Node, decay: number, rest: Operand, learningRate: Node): Node {
  const distance = rest === 0 ? parameter : sub(parameter, rest);
  return sub(parameter, mul(mul(distance, decay), learningRate));
}

/** State entries as they are met. */
class Kept {
  readonly state: Record<string, OptimizerState> = {};
  readonly updates: Record<string, Node> = {};

  read(name: string, spec: TensorSpec, initialValue: number): Node {
    this.state[name] = { spec, initialValue };
    return stateNode(name, spec);
  }

  write(name: string, node: Node): void {
    this.updates[name] = node;
  }
}

function checkGradients(subject: string, parameters: Nodes, gradients: Nodes): void {
  const lacking = Object.keys(parameters).filter((name) => !gradients[name]);
  const surplus = Object.keys(gradients).filter((name) => !parameters[name]);
  if (lacking.length + surplus.length > 0) {
    throw new ValueError({
      subject,
      expected: 'one gradient for each parameter',
      received: [
        ...lacking.map((name) => `none for '${name}'`),
        ...surplus.map((name) => `one for '${name}', which is no parameter`),
      ].join(', '),
      fix: 'leave parameters that do not train out of both',
    });
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    if (isSameShape(parameter.shape, gradients[name].shape)) continue;
    throw new ShapeError({
      subject,
      expected: `a gradient of the shape of '${name}', ${formatSpec(parameter)}`,
      received: formatSpec(gradients[name]),
      fix: 'differentiate with respect to the parameter itself',
    });
  }
}
