/**
 * @file tfjs's own layers: which record each class is, and how its fields become the record's options. A class that is
 * not here is reported as unsupported.
 */
import {
  activationSpec,
  activations,
  addSpec,
  averagePool2dSpec,
  type Conv2dConfig,
  concatenateSpec,
  conv2dSpec,
  type DenseConfig,
  denseSpec,
  dropoutSpec,
  flattenSpec,
  globalAveragePool2dSpec,
  type LayerSpec,
  leakyReluSpec,
  maxPool2dSpec,
  multiplySpec,
  reshapeSpec,
  softmaxSpec,
} from '@polyneuron/kernels';
import type { LayerInternals } from './modelInternals.js';

/** How one class of tfjs layers maps to a record. */
export interface StockAdapter {
  readonly spec: LayerSpec;
  configOf(layer: LayerInternals): object;
  /** The record's parameter for each field that holds a variable. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Why a layer of this class has no compiled form after all: an option that the record lacks. */
  refuse?(layer: LayerInternals): string | undefined;
}

/** tfjs keeps activations as objects. */
interface TfjsActivation {
  getClassName(): string;
}

interface Adapter<L, C extends object> {
  readonly spec: LayerSpec<C>;
  configOf(fields: L): Partial<C>;
  readonly parameters?: Readonly<Record<string, string>>;
  refuse?(fields: L): string | undefined;
}

/** Reads a layer through the fields that its class has. */
function adapter<L, C extends object>({ spec, configOf, refuse, parameters }: Adapter<L, C>): StockAdapter {
  return {
    spec: spec as unknown as LayerSpec,
    configOf: (layer) => configOf(layer as unknown as L),
    ...(refuse && { refuse: (layer: LayerInternals) => refuse(layer as unknown as L) }),
    ...(parameters && { parameters }),
  };
}

const knownActivations = new Map(
  Object.values(activations).flatMap(({ name, aliases }) =>
    [name, ...aliases].map((spelling) => [spelling, name] as const),
  ),
);

/** The record's name for a tfjs activation; tfjs's default is linear. */
const activationName = (activation: TfjsActivation | null) =>
  knownActivations.get(activation?.getClassName() ?? 'linear') ?? 'linear';

function refuseActivation(activation: TfjsActivation | null): string | undefined {
  const name = activation?.getClassName() ?? 'linear';
  return knownActivations.has(name) ? undefined : `its activation '${name}' has no record`;
}

const refuseChannelsFirst = (dataFormat: string | undefined) =>
  dataFormat === 'channelsFirst' ? "its dataFormat is 'channelsFirst'; use 'channelsLast'" : undefined;

type Pair = readonly [number, number];
interface ConvFields {
  readonly filters: number;
  readonly kernelSize: Pair;
  readonly strides: Pair;
  readonly padding: 'valid' | 'same';
  readonly dilationRate: Pair | number;
  readonly dataFormat: string;
  readonly activation: TfjsActivation | null;
  readonly useBias: boolean;
}
interface PoolFields {
  readonly poolSize: Pair;
  readonly strides: Pair;
  readonly padding: 'valid' | 'same';
  readonly dataFormat: string;
}
interface DenseFields {
  readonly units: number;
  readonly activation: TfjsActivation | null;
  readonly useBias: boolean;
}

const poolConfig = ({ poolSize, strides, padding }: PoolFields) => ({ poolSize, strides, padding });
const refusePool = ({ dataFormat }: PoolFields) => refuseChannelsFirst(dataFormat);
const kernelAndBias = { kernel: 'kernel', bias: 'bias' };

/** By tfjs class name. */
export const stockAdapters: Readonly<Record<string, StockAdapter>> = {
  Dense: adapter<DenseFields, DenseConfig>({
    spec: denseSpec,
    configOf: ({ units, activation, useBias }) => ({
      units,
      useBias,
      activation: activationName(activation),
    }),
    parameters: kernelAndBias,
    refuse: ({ activation }) => refuseActivation(activation),
  }),
  Conv2D: adapter<ConvFields, Conv2dConfig>({
    spec: conv2dSpec,
    configOf: ({ filters, kernelSize, strides, padding, dilationRate, activation, useBias }) => ({
      filters,
      kernelSize,
      strides,
      padding,
      dilationRate: dilationRate ?? 1,
      useBias,
      activation: activationName(activation),
    }),
    parameters: kernelAndBias,
    refuse: ({ activation, dataFormat }) => refuseActivation(activation) ?? refuseChannelsFirst(dataFormat),
  }),
  MaxPooling2D: adapter({ spec: maxPool2dSpec, configOf: poolConfig, refuse: refusePool }),
  AveragePooling2D: adapter({ spec: averagePool2dSpec, configOf: poolConfig, refuse: refusePool }),
  GlobalAveragePooling2D: adapter({
    spec: globalAveragePool2dSpec,
    configOf: () => ({}),
    refuse: ({ dataFormat }: PoolFields) => refuseChannelsFirst(dataFormat),
  }),
  Flatten: adapter({
    spec: flattenSpec,
    configOf: () => ({}),
    refuse: ({ dataFormat }: PoolFields) => refuseChannelsFirst(dataFormat),
  }),
  Reshape: adapter({
    spec: reshapeSpec,
    configOf: ({ targetShape }: { targetShape: readonly (number | null)[] }) => ({
      targetShape: targetShape.map((extent) => extent ?? -1),
    }),
  }),
  Activation: adapter({
    spec: activationSpec,
    configOf: ({ activation }: DenseFields) => ({ activation: activationName(activation) }),
    refuse: ({ activation }) => refuseActivation(activation),
  }),
  ReLU: adapter({
    spec: activationSpec,
    configOf: ({ maxValue }: { maxValue?: number | null }) => ({
      activation: maxValue === 6 ? ('relu6' as const) : ('relu' as const),
    }),
    refuse: ({ maxValue }) =>
      maxValue === undefined || maxValue === null || maxValue === 6
        ? undefined
        : `its maxValue is ${maxValue}; only 6 or none has a record`,
  }),
  ELU: adapter({ spec: activationSpec, configOf: () => ({ activation: 'elu' as const }) }),
  LeakyReLU: adapter({ spec: leakyReluSpec, configOf: ({ alpha }: { alpha: number }) => ({ alpha }) }),
  Softmax: adapter({
    spec: softmaxSpec,
    configOf: ({ axis }: { axis: number | readonly number[] }) => ({ axis: [axis].flat()[0] }),
    refuse: ({ axis }) => ([axis].flat().length === 1 ? undefined : 'it has several axes'),
  }),
  Dropout: adapter({
    // tfjs passes everything through at a rate of 1.
    spec: dropoutSpec,
    configOf: ({ rate }: { rate: number; noiseShape?: readonly number[] | null }) => ({
      rate: rate < 1 ? rate : 0,
    }),
    refuse: ({ noiseShape }) => (noiseShape ? 'it has a noiseShape' : undefined),
  }),
  Concatenate: adapter({ spec: concatenateSpec, configOf: ({ axis }: { axis: number }) => ({ axis }) }),
  Add: adapter({ spec: addSpec, configOf: () => ({}) }),
  Multiply: adapter({ spec: multiplySpec, configOf: () => ({}) }),
};
