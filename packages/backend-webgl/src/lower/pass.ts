import type { Buffer, BufferId } from '@polyneuron/fusion';
import type { Layout } from '../device/layout.js';

/** One draw call: a shader that writes whole buffers. */
export interface Pass {
  readonly source: string;
  /** Buffers by sampler. */
  readonly reads: readonly BufferId[];
  readonly targets: readonly BufferId[];
  /** Elements of each target; without any there is nothing to draw. */
  readonly size: number;
}

/** Passes that see the buffers as they were before any of them, and copies of whole buffers, which cost nothing. */
export interface PassGroup {
  readonly passes: readonly Pass[];
  readonly aliases: readonly { readonly from: BufferId; readonly to: BufferId }[];
}

/** What the device allows. */
export interface ShaderLimits {
  /** Samplers of a fragment shader. */
  readonly samplers: number;
  /** Targets of a pass. */
  readonly targets: number;
  /** Texels along a side of a texture. */
  readonly textureSize: number;
}

/** Buffers of a plan, and those that lowering adds. */
export interface LoweringContext {
  readonly limits: ShaderLimits;
  readonly buffers: Buffer[];
  readonly layouts: Layout[];
  /** Copies of operands in another order, by what they copy. */
  readonly copies: Map<string, { readonly from: BufferId; readonly buffer: BufferId }>;
  scratch(name: string, dtype: Buffer['dtype'], size: number, layout?: Layout): BufferId;
}
