/**
 * @file The part of onnxruntime's JavaScript API that is used here, which onnxruntime-node and onnxruntime-web share. Declared
 * by shape: both packages are optional, and the types of this package must not ask for them.
 */
import type { DType } from '@polyneuron/graph';

export type OnnxData = Float32Array | Int32Array | Uint8Array;

export interface OnnxTensor {
  readonly data: unknown;
}

export interface OnnxSession {
  run(
    feeds: Readonly<Record<string, never>>,
    fetches?: Readonly<Record<string, never>>,
  ): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

export interface OnnxRuntime {
  readonly Tensor: new (type: DType, data: never, dims: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: OnnxSessionOptions): Promise<OnnxSession>;
  };
}

export interface OnnxSessionOptions {
  readonly executionProviders: readonly string[];
  readonly graphOptimizationLevel: 'all';
  readonly intraOpNumThreads: number;
  readonly interOpNumThreads: number;
  /** 3: errors alone. */
  readonly logSeverityLevel: 3;
}
