import { ValueError } from '@polyneuron/graph';
import type { InitializerConfig, ParameterRole } from '@polyneuron/kernels';
import { layers } from '@tensorflow/tfjs-layers';
import type { Constraint, Initializer, Regularizer, SerializedObject } from './tfjsTypes.js';

/** A law of ours ({ kind: 'normal', ... }), or whatever a stock tfjs layer takes: a name, a config, an object. */
export type InitializerOption = InitializerConfig | Initializer | SerializedObject | string;
export type RegularizerOption = Regularizer | SerializedObject | string;
export type ConstraintOption = Constraint | SerializedObject | string;

/** Options that every layer takes beside those of its record. `null` and leaving out mean the same. */
export interface WeightArguments {
  /** default: the record's law for each weight */
  readonly kernelInitializer?: InitializerOption | null;
  readonly biasInitializer?: InitializerOption | null;
  readonly kernelRegularizer?: RegularizerOption | null;
  readonly biasRegularizer?: RegularizerOption | null;
  readonly kernelConstraint?: ConstraintOption | null;
  readonly biasConstraint?: ConstraintOption | null;
  /** Penalty on the output of training calls, divided by the batch size as in Keras 3. */
  readonly activityRegularizer?: RegularizerOption | null;
}

/** The same, resolved to objects; null where the user asked for nothing. */
export interface WeightOptions {
  readonly kernelInitializer: Initializer | InitializerConfig | null;
  readonly biasInitializer: Initializer | InitializerConfig | null;
  readonly kernelRegularizer: Regularizer | null;
  readonly biasRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
  readonly biasConstraint: Constraint | null;
  readonly activityRegularizer: Regularizer | null;
}

type OptionName = keyof WeightOptions;

export const weightOptionNames: readonly OptionName[] = [
  'kernelInitializer',
  'biasInitializer',
  'kernelRegularizer',
  'biasRegularizer',
  'kernelConstraint',
  'biasConstraint',
  'activityRegularizer',
];

/** What a role's weights obey. */
export interface RoleOptions {
  readonly initializer: Initializer | InitializerConfig | null;
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
}

export function roleOptions(options: WeightOptions): { readonly [K in ParameterRole]: RoleOptions } {
  return {
    kernel: {
      initializer: options.kernelInitializer,
      regularizer: options.kernelRegularizer,
      constraint: options.kernelConstraint,
    },
    bias: {
      initializer: options.biasInitializer,
      regularizer: options.biasRegularizer,
      constraint: options.biasConstraint,
    },
    other: { initializer: null, regularizer: null, constraint: null },
  };
}

/** Throws ValueError on a name or config that tfjs does not know. */
export function resolveWeightOptions(subject: string, given: WeightArguments): WeightOptions {
  const entries = weightOptionNames.map((name) => [name, resolveOption(subject, name, given[name] ?? null)]);
  return Object.fromEntries(entries) as WeightOptions;
}

/** Plain JSON that `resolveWeightOptions` takes back. */
export function serializeWeightOptions(options: WeightOptions): Record<OptionName, unknown> {
  const entries = weightOptionNames.map((name) => [name, serialize(options[name])]);
  return Object.fromEntries(entries) as Record<OptionName, unknown>;
}

export function isWeightOption(name: string): name is OptionName {
  return weightOptionNames.includes(name as OptionName);
}

/** Whether a value is a law of ours, told by its `kind`. */
export function isLaw(value: unknown): value is InitializerConfig {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function resolveOption(subject: string, name: OptionName, given: string | object | null): unknown {
  if (given === null || isTfjsObject(given) || isLaw(given)) return given;
  // tfjs resolves names and configs only inside its own layers, so one of them is asked: it is never built. The copy
  // is there because deserialization writes into the config it is given.
  try {
    const carrier = layers.dense({ units: 1, name: `${subject}_options`, [name]: structuredClone(given) });
    return (carrier as unknown as Record<OptionName, unknown>)[name];
  } catch {
    throw new ValueError({
      subject,
      expected: `${name} to be a name, a { className, config } or an object that tfjs knows`,
      received: JSON.stringify(given),
      fix: 'check the spelling, or register your own class with tf.serialization.registerClass',
    });
  }
}

function isTfjsObject(value: string | object): value is Initializer | Regularizer | Constraint {
  return typeof value === 'object' && 'getClassName' in value;
}

function serialize(option: WeightOptions[OptionName]): unknown {
  if (option === null || !isTfjsObject(option)) return option;
  return { className: option.getClassName(), config: option.getConfig() };
}
