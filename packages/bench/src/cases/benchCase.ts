/** @file What is measured, as data. Contenders turn a task into something that runs; none of them is named here. */
import type { Shape } from '@polyneuron/graph';
import type { LayerName, LayerSpec, LossName } from '@polyneuron/kernels';

export const suites = [
  'steps',
  'gemm',
  'layers',
  'convolution',
  'inference',
  'compile',
  'convergence',
  'scaling',
] as const;
export type Suite = (typeof suites)[number];

/** 'ms' is of something that is done once: a training, a start. */
export type Unit = 'ms/step' | 'ms/run' | 'ms/call' | 'ms';

export interface BenchCase {
  readonly name: string;
  /** Exact shapes, one line. */
  readonly title: string;
  readonly suite: Suite;
  readonly unit: Unit;
  readonly task: Task;
  /** Where the case stands in a series. */
  readonly axis?: CaseAxis;
}

export const axisSeries = ['batch', 'width', 'depth'] as const;
export type AxisSeries = (typeof axisSeries)[number];

/** One family of models at growing sizes: cases that differ in `value` alone are one line of a chart. */
export interface CaseAxis {
  readonly family: string;
  readonly series: AxisSeries;
  readonly value: number;
}

export type Task =
  | TrainingTask
  | LiftTask
  | MatMulTask
  | LayerTask
  | ConvolutionTask
  | InferenceTask
  | CompileTask
  | ConvergenceTask;
export type TaskKind = Task['kind'];
export type TaskOf<K extends TaskKind> = Extract<Task, { readonly kind: K }>;

/** Samples in row-major order; both shapes include the sample count. */
export interface TrainingData {
  readonly samples: number;
  readonly x: Float32Array;
  readonly xShape: Shape;
  readonly y: Float32Array;
  readonly yShape: Shape;
}

/** A layer of a sequential network, by the name of its record. */
export interface PlannedLayer {
  readonly layer: LayerName;
  readonly config: object;
}

export type PlannedOptimizerName = 'sgd' | 'adam' | 'adagrad';

/** One training step of a sequential network on successive batches in file order. */
export interface TrainingTask {
  readonly kind: 'training';
  readonly layers: readonly PlannedLayer[];
  readonly loss: LossName;
  /** Defaults of tfjs for everything but the rate. */
  readonly optimizer: { readonly name: PlannedOptimizerName; readonly learningRate: number };
  readonly batch: number;
  /**
   * Distinct samples in a batch of the parity check; divides `batch`. The check repeats them to fill the batch, so its
   * losses and gradients (means over the batch) are those of the distinct samples alone, which the slow float64
   * interpreter can afford. The program checked is the program timed.
   */
  readonly distinctSamples: number;
  /** Steps of the parity check. default 2: the second reads what the first one wrote */
  readonly checkedSteps?: number;
  data(): TrainingData;
}

/** One sample of the two-phase training of seed 002: an RMSprop step of Task, then one of Lift. */
export interface LiftTask {
  readonly kind: 'lift';
  data(): TrainingData;
}

/** Whether an operand is stored normally or transposed: A then B. */
export const matMulForms = ['nn', 'nt', 'tn'] as const;
export type MatMulForm = (typeof matMulForms)[number];

/** C [m, n] = A B with k products per element. */
export interface MatMulTask {
  readonly kind: 'matMul';
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly form: MatMulForm;
}

/** A layer's output, or the derivatives of a weighted sum of it for inputs and parameters. */
export interface LayerTask {
  readonly kind: 'layer';
  readonly spec: LayerSpec;
  readonly config: object;
  readonly batch: number;
  /** Without the batch axis. */
  readonly inputShapes: readonly Shape[];
  readonly direction: 'forward' | 'gradient';
}

/** y = x * kernel without a bias, channels last; or dx and dkernel from dy, without y. */
export interface ConvolutionTask {
  readonly kind: 'convolution';
  readonly batch: number;
  /** Rows, columns, channels. */
  readonly image: readonly [number, number, number];
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: 'valid' | 'same';
  readonly direction: 'forward' | 'gradient';
}

/** A call of a sequential network: samples in, predictions read back. */
export interface InferenceTask {
  readonly kind: 'inference';
  readonly layers: readonly PlannedLayer[];
  readonly batch: number;
  /** Distinct samples in a call, which repeats them; divides `batch`. For the reference, as in `TrainingTask`. */
  readonly distinctSamples: number;
  data(): TrainingData;
}

/** All that comes before the first result of a training, and its first step: nothing is kept from the run before. */
export interface CompileTask {
  readonly kind: 'compile';
  readonly training: TrainingTask;
}

/** A training on one fixed batch from its first weights until the loss is below `goal`. */
export interface ConvergenceTask {
  readonly kind: 'convergence';
  /** Its batch is all of its samples, so that the loss of each step is the loss of the whole data set. */
  readonly training: TrainingTask;
  readonly goal: number;
  /** The loss is looked at after each so many steps. */
  readonly stride: number;
  /** A training that has not come to its goal by then is given up. */
  readonly mostSteps: number;
}
