import { differentiableProgram } from '@polyneuron/backend-tfjs';
import { formatShape, isSameShape, PolyneuronError, type Program, ShapeError } from '@polyneuron/graph';
import {
  inputName,
  type LayerSpec,
  layerProgram,
  type ParameterSpec,
  parameterName,
  randomKeyName,
} from '@polyneuron/kernels';
import { cast, clone, type serialization, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { type LayerVariable, layers, type Shape as TfjsShape } from '@tensorflow/tfjs-layers';
import { ActivityPenalty } from './activityPenalty.js';
import { constrainVariable } from './constrainVariable.js';
import { derivedSeed } from './derivedSeed.js';
import { type LayerArguments, resolveArguments } from './layerArguments.js';
import { locateError } from './locateError.js';
import { closeShapes, formatOpen, inferOpen, type OpenShape, shapeList, withoutBatch } from './openShapes.js';
import { initializerOf, planParameters } from './parameterInitializer.js';
import type { Constraint, Regularizer } from './tfjsTypes.js';
import { roleOptions, serializeWeightOptions, type WeightOptions } from './weightOptions.js';

/** A parameter of the record, bound to the tfjs variable that holds it. */
export interface LayerParameter {
  readonly spec: ParameterSpec;
  readonly variable: LayerVariable;
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
}

/** Programs kept per layer: a fit needs three or four (batch, last batch, validation, prediction). */
const programLimit = 16;

/**
 * A tfjs layer made of a LayerSpec: parameters, shapes, initial laws and math come from the record, and gradients from
 * differentiating its program. A subclass names its class and its record, nothing else.
 *
 * Shapes   inputs [B, ...] of rank >= 2, as the record says; B may be 1 or 0; other extents may be unknown (null) as
 *          long as no weight depends on them
 * Throws   ValueError on unknown, missing or non-finite options; ShapeError on inputs that the record does not take,
 *          or that differ in width from those the layer was built on
 */
export abstract class SpecLayer<C extends object = object> extends layers.Layer {
  readonly spec: LayerSpec<C>;
  /** The record's options, complete. */
  readonly config: C;
  readonly seed: number;
  readonly weightOptions: WeightOptions;
  readonly activityPenalty: ActivityPenalty | null;
  private bound: readonly LayerParameter[] = [];
  private builtOn: readonly OpenShape[] = [];
  private readonly programs = new Map<string, Program>();
  private draws = 0;

  constructor(spec: LayerSpec<C>, given: LayerArguments<C> = {} as LayerArguments<C>) {
    super(given);
    const { config, seed, weightOptions } = resolveArguments(spec, this.getClassName(), given);
    this.spec = spec;
    this.config = config;
    this.seed = seed;
    this.weightOptions = weightOptions;
    this.supportsMasking = true;
    const { activityRegularizer } = weightOptions;
    this.activityPenalty = activityRegularizer ? new ActivityPenalty(activityRegularizer) : null;
    if (this.activityPenalty) this.addLoss(() => (this.activityPenalty as ActivityPenalty).take());
  }

  /** The record's parameters and their variables; empty until the layer is built. */
  get parameters(): readonly LayerParameter[] {
    return this.bound;
  }

  override build(inputShape: TfjsShape | TfjsShape[]): void {
    if (this.built) return;
    const shapes = withoutBatch(inputShape);
    const closed = closeShapes(this.spec.name, shapes, (inputShapes) => {
      // Made for its errors: what the record refuses, it refuses before the model runs.
      layerProgram(this.spec, this.config, { batch: 1, inputShapes });
      return this.spec.parameters(this.config, inputShapes);
    });
    const roles = roleOptions(this.weightOptions);
    this.bound = planParameters(this.spec, this.config, this.weightOptions, closed).map((plan) => {
      const { name, shape, role, isTrainable = true, dtype = 'float32' } = plan.parameter;
      const { regularizer, constraint } = roles[role];
      const initializer = initializerOf(plan, this.seed, `${this.name}/${name}`);
      const variable = this.addWeight(
        name,
        [...shape],
        dtype,
        initializer,
        regularizer ?? undefined,
        isTrainable,
      );
      if (constraint) constrainVariable(variable, constraint);
      return { spec: plan.parameter, variable, regularizer, constraint };
    });
    this.builtOn = shapes;
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean } = {}): Tensor {
    return tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const tensors = [inputs].flat().map((x) => (x.dtype === 'float32' ? x : cast(x, 'float32')));
      const isTraining = kwargs.training === true;
      const program = this.programFor(
        tensors.map(({ shape }) => shape),
        isTraining,
      );
      const feeds = {
        ...Object.fromEntries(tensors.map((x, at) => [inputName(at), x])),
        ...Object.fromEntries(
          this.bound.map(({ spec, variable }) => [parameterName(spec.name), read(spec, variable)]),
        ),
        ...(this.spec.usesRandom && { [randomKeyName]: this.nextRandomKey() }),
      };
      const { y, ...updates } = differentiableProgram(program, feeds, { wrt: this.usuallyDifferentiated() });
      for (const { spec, variable } of this.bound) {
        const update = updates[`update:${spec.name}`];
        if (update) variable.write(update);
      }
      if (isTraining) this.activityPenalty?.record(y);
      return y;
    });
  }

  /** Adds where in the user's model it happened to the errors of this layer. */
  override apply(...[inputs, kwargs]: Parameters<layers.Layer['apply']>): ReturnType<layers.Layer['apply']> {
    try {
      return super.apply(inputs, kwargs);
    } catch (error) {
      throw error instanceof PolyneuronError ? locateError(error, this.pathFrom(inputs)) : error;
    }
  }

  override computeOutputShape(inputShape: TfjsShape | TfjsShape[]): TfjsShape {
    const batches = shapeList(inputShape).map(([batch]) => batch);
    const shape = inferOpen(withoutBatch(inputShape), (closed) => this.spec.outputShape(this.config, closed));
    return [batches.find((batch) => batch !== null) ?? null, ...shape] as TfjsShape;
  }

  /** The mask of the first masked input. */
  override computeMask(_inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor | Tensor[] {
    return [mask].flat().find((one) => one) ?? (null as unknown as Tensor);
  }

  override getConfig(): serialization.ConfigDict {
    const chosen = Object.entries(serializeWeightOptions(this.weightOptions));
    return {
      ...super.getConfig(),
      ...this.config,
      seed: this.seed,
      ...Object.fromEntries(chosen.filter(([name, value]) => value !== null || !(name in this.config))),
    } as serialization.ConfigDict;
  }

  private programFor(shapes: readonly (readonly number[])[], isTraining: boolean): Program {
    const key = JSON.stringify([shapes, isTraining]);
    const known = this.programs.get(key);
    this.programs.delete(key);
    const program = known ?? this.makeProgram(shapes, isTraining);
    this.programs.set(key, program);
    if (this.programs.size > programLimit) this.programs.delete(this.programs.keys().next().value as string);
    return program;
  }

  private makeProgram(shapes: readonly (readonly number[])[], isTraining: boolean): Program {
    const [[batch]] = shapes;
    if (shapes.some(([other]) => other !== batch)) {
      throw new ShapeError({
        subject: this.spec.name,
        expected: 'inputs of one batch size',
        received: shapes.map(formatShape).join(' and '),
        fix: 'pass as many samples in every input',
      });
    }
    const inputShapes = shapes.map(([, ...shape]) => shape);
    const program = layerProgram(this.spec, this.config, { batch, inputShapes, isTraining });
    const misfits = this.bound.filter(
      ({ spec, variable }) =>
        !isSameShape(program.inputs[parameterName(spec.name)].shape, variable.shape as number[]),
    );
    if (misfits.length === 0) return program;
    throw new ShapeError({
      subject: this.spec.name,
      expected: `inputs like ${this.builtOn.map(formatOpen).join(' and ')}, which it was built on`,
      received: shapes.map(formatShape).join(' and '),
      details: Object.fromEntries(
        misfits.map(({ spec, variable }) => [spec.name, formatShape(variable.shape as number[])]),
      ),
      fix: 'feed inputs of that width, or build another layer for these',
    });
  }

  /**
   * The program's inputs whose derivatives a training step of the model needs: not those of data, nor of frozen
   * weights. Any other is still right when it is asked for, at the cost of a pass of its own.
   */
  private usuallyDifferentiated(): string[] {
    const sources = this.inboundNodes.flatMap(({ inboundLayers }) => inboundLayers);
    const isData = sources.length > 0 && sources.every((layer) => layer.getClassName() === 'InputLayer');
    const inputs = isData ? [] : this.builtOn.map((_, at) => inputName(at));
    return [...inputs, ...(this.trainable ? this.bound.map(({ spec }) => parameterName(spec.name)) : [])];
  }

  /** int32 [seed, counter]: one stream per layer, one key per call. */
  private nextRandomKey(): Tensor {
    return tensor1d([derivedSeed(this.seed, this.name), this.draws++], 'int32');
  }

  /** `feeding layer > this layer`: tfjs does not tell a layer its model. */
  private pathFrom(inputs: Parameters<layers.Layer['apply']>[0]): string {
    const symbolic = [inputs].flat().flatMap((x) => ('sourceLayer' in x ? [x.sourceLayer] : []));
    const sources = symbolic.length > 0 ? symbolic : (this.inboundNodes[0]?.inboundLayers ?? []);
    const feeding = [...new Set(sources.map(({ name }) => name))].join(', ');
    return [...(feeding ? [feeding] : []), this.name].join(' > ');
  }
}

/** A parameter that the call may overwrite is fed as a copy, so that gradients see the value of the call. */
function read({ isTrainable = true }: ParameterSpec, variable: LayerVariable): Tensor {
  return isTrainable ? variable.read() : clone(variable.read());
}
