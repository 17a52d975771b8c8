import type { Executable, TensorData } from '@polyneuron/backend';
import { sizeOf, ValueError } from '@polyneuron/graph';
import { optimizerStepName } from '@polyneuron/kernels';
import { fill, variable as makeVariable, type Optimizer, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { TracedWeight } from '../model/tracedModel.js';
import { assignVariable, type StateValues } from '../training/weightMirror.js';
import type { OptimizerLink } from './optimizerLink.js';
import { globalName, learningRateName, slotName, type WeightStep } from './optimizerPlan.js';
import type { OptimizerFields, TfjsOptimizerRow, TfjsSlot } from './tfjsOptimizers.js';

/**
 * The state of a tfjs optimizer, read from and written to its own variables, so that `model.fit` and our `fit` may
 * take turns on one optimizer.
 */
export class TfjsOptimizerLink implements OptimizerLink {
  readonly stateNames: readonly string[];
  private readonly fields: OptimizerFields;
  private readonly row: TfjsOptimizerRow;
  private readonly kept: WeightStep['state'];
  /** Every variable that tfjs would give slots, in its order; undefined where it is not trained now. */
  private readonly weights: readonly {
    readonly variable: LayerVariable;
    readonly trained: TracedWeight | undefined;
  }[];
  private learningRate: number | undefined;

  constructor(
    optimizer: Optimizer,
    row: TfjsOptimizerRow,
    kept: WeightStep['state'],
    trained: readonly TracedWeight[],
    collected: readonly LayerVariable[],
  ) {
    this.fields = optimizer as unknown as OptimizerFields;
    this.row = row;
    this.kept = kept;
    this.stateNames = Object.keys(kept);
    this.weights = collected.map((variable) => ({
      variable,
      trained: trained.find((weight) => weight.variable === variable),
    }));
  }

  async load(executable: Executable): Promise<void> {
    for (const [name, { spec, initialValue }] of Object.entries(this.kept)) {
      const size = sizeOf(spec.shape);
      executable.write(
        name,
        spec.dtype === 'int32'
          ? new Int32Array(size).fill(initialValue)
          : new Float32Array(size).fill(initialValue),
      );
    }
    executable.write(optimizerStepName, Int32Array.of(this.fields.iterations_ ?? 0));
    for (const [name, field] of Object.entries(this.row.globals))
      executable.write(globalName(name), (await this.variableOf(field).data()).slice() as TensorData);
    for (const { name, slot } of this.slots()) {
      if (slot) executable.write(name, (await slot.variable.data()).slice() as TensorData);
    }
    this.uploadLearningRate(executable);
  }

  uploadLearningRate(executable: Executable): void {
    const { learningRate } = this.fields;
    if (learningRate === this.learningRate || !(learningRateName in executable.program.state)) return;
    executable.write(learningRateName, Float32Array.of(learningRate));
    this.learningRate = learningRate;
  }

  save(values: StateValues): void {
    const step = values.get(optimizerStepName);
    if (!step) return;
    [this.fields.iterations_] = step;
    if (this.row.stepVariable)
      assignVariable(this.variableOf(this.row.stepVariable), Float32Array.from(step));
    for (const [name, field] of Object.entries(this.row.globals))
      assignVariable(this.variableOf(field), values.get(globalName(name)) as TensorData);
    this.createMissingSlots();
    for (const { name, slot } of this.slots()) {
      const data = values.get(name);
      if (slot && data) assignVariable(slot.variable, data);
    }
  }

  /** The slots of trained weights that the program has, with tfjs's variables where they exist. */
  private slots(): { readonly name: string; readonly slot: TfjsSlot | undefined }[] {
    return Object.entries(this.row.slots).flatMap(([slot, { list }]) =>
      this.weights.flatMap(({ variable, trained }, at) => {
        if (!trained || !(slotName(slot, trained) in this.kept)) return [];
        const known = this.listOf(list)[at];
        if (known) requireShape(known, variable);
        return [{ name: slotName(slot, trained), slot: known }];
      }),
    );
  }

  /** tfjs makes slots for every weight at its first step, those of untrained weights too. */
  private createMissingSlots(): void {
    for (const [slot, { list, suffix, onlyIf }] of Object.entries(this.row.slots)) {
      if (onlyIf && !this.fields[onlyIf]) continue;
      const slots = this.listOf(list);
      this.weights.forEach(({ variable }, at) => {
        slots[at] ??= {
          originalName: `${(variable.read() as Variable).name}/${suffix}`,
          variable: tidy(() =>
            makeVariable(fill(variable.shape as number[], this.initialValue(slot)), false),
          ),
        };
      });
    }
  }

  private initialValue(slot: string): number {
    const { row, weights, kept } = this;
    const trained = weights.find((weight) => weight.trained)?.trained;
    return (trained && slot in row.slots && kept[slotName(slot, trained)]?.initialValue) || 0;
  }

  private listOf(list: string): TfjsSlot[] {
    return this.fields[list] as TfjsSlot[];
  }

  private variableOf(field: string): Variable {
    return this.fields[field] as Variable;
  }
}

function requireShape({ originalName, variable }: TfjsSlot, weight: LayerVariable): void {
  if (variable.shape.join() === weight.shape.join()) return;
  throw new ValueError({
    subject: 'fit',
    expected: `an optimizer whose slots fit the weights of this model, [${weight.shape.join(', ')}] for '${weight.originalName}'`,
    received: `[${variable.shape.join(', ')}] in '${originalName}'`,
    fix: 'give each model an optimizer of its own, and compile again after changing which layers train',
  });
}
