import type { Node, Shape } from '@polyneuron/graph';

/** Whose arithmetic to follow where tfjs 4.22 and Keras 3 differ. */
export type Dialect = 'tfjs' | 'keras';

export interface OptimizerConfig {
  readonly learningRate: number;
  readonly dialect: Dialect;
}

/** A value that the optimizer keeps: one per parameter (slot), or one per model (global). */
export interface SlotSpec {
  readonly name: string;
  readonly initialValue: number;
}

export interface UpdateContext<C> {
  readonly config: C;
  /** Scalar float32: the schedule's value at this step. */
  readonly learningRate: Node;
  /** Scalar float32, 1 at the first step. */
  readonly step: Node;
  readonly parameter: Node;
  readonly gradient: Node;
  readonly slots: Readonly<Record<string, Node>>;
  readonly globals: Readonly<Record<string, Node>>;
}

export interface UpdateResult {
  readonly parameter: Node;
  readonly slots: Readonly<Record<string, Node>>;
}

/** An update rule as a record. State starts at `initialValue` everywhere; `globals` advance once per step. */
export interface OptimizerSpec<C extends OptimizerConfig = OptimizerConfig> {
  readonly name: string;
  /** The names of the classes of tfjs and Keras. */
  readonly aliases: readonly string[];
  readonly formula: string;
  readonly source: string;
  /** Where tfjs and Keras differ, which `dialect` chooses between. */
  readonly differences?: string;
  /** Those of tfjs, by tfjs-layers' string names where tfjs-core has others. */
  readonly defaults: C;
  /** The defaults that are others when `dialect` is 'keras'. */
  readonly kerasDefaults?: Partial<C>;
  /** Slots of a parameter; each has the parameter's shape. */
  slots(config: C, shape: Shape): readonly SlotSpec[];
  globals(config: C): readonly SlotSpec[];
  /** Value of the globals after the step: beta powers and the like. */
  advanceGlobals(config: C, globals: Readonly<Record<string, Node>>): Readonly<Record<string, Node>>;
  update(context: UpdateContext<C>): UpdateResult;
  /**
   * Decoupled weight decay λ: before the update, a step takes η λ of the parameter's distance to its rest away.
   * default none
   */
  weightDecay?(config: C): number;
}
