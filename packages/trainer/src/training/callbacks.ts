/** @file tfjs's own callback objects, driven by our loop: what they are told, and how often the loop must stop for them. */
import {
  Callback,
  CallbackList,
  CustomCallback,
  type CustomCallbackArgs,
  History,
  type ModelFitArgs,
} from '@tensorflow/tfjs-layers';
import type { ModelInternals } from '../model/modelInternals.js';

export type FitCallbacks =
  | CallbackInstance
  | CustomCallbackArgs
  | readonly (CallbackInstance | CustomCallbackArgs)[];
/** tfjs's base class of callbacks, which it does not export by name. */
export type CallbackInstance = CallbackList['callbacks'][number];
export type YieldEvery = NonNullable<ModelFitArgs['yieldEvery']>;

/** How often the loop comes back to JavaScript. */
export type Pace =
  | { readonly kind: 'batch' }
  /** About so often, in milliseconds. */
  | { readonly kind: 'time'; readonly everyMs: number }
  | { readonly kind: 'epoch' };

export interface CallbackSetup {
  readonly list: CallbackList;
  readonly history: History;
  readonly pace: Pace;
}

/** Configuration of tfjs's callbacks, as its `fit` tells them. */
export interface CallbackParams {
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly samples: number;
  readonly batchSize: number;
  readonly verbose: number;
  readonly doValidation: boolean;
  readonly metrics: string[];
}

const basePrototype = Object.getPrototypeOf(Callback.prototype) as CallbackInstance;

export function setUpCallbacks(
  callbacks: FitCallbacks | undefined | null,
  yieldEvery: YieldEvery | undefined,
  params: CallbackParams,
  model: ModelInternals,
): CallbackSetup {
  const given = [callbacks ?? []].flat() as (CallbackInstance | CustomCallbackArgs)[];
  // tfjs yields to the page through a CustomCallback even where the user gave none.
  const configured = given.length > 0 ? given : [{}];
  const instances = configured.map((one) => (isCallback(one) ? one : new CustomCallback(one, yieldEvery)));
  const history = new History();
  const list = new CallbackList([...instances, history]);
  list.setParams({ ...params, steps: Math.ceil(params.samples / params.batchSize) });
  list.setModel(model as unknown as Parameters<CallbackList['setModel']>[0]);
  return { list, history, pace: paceOf(instances) };
}

function isCallback(value: CallbackInstance | CustomCallbackArgs): value is CallbackInstance {
  return value instanceof (basePrototype.constructor as new () => CallbackInstance);
}

/** What tfjs keeps private in a CustomCallback. */
interface CustomFields {
  readonly batchBegin?: unknown;
  readonly batchEnd?: unknown;
  readonly yieldEvery: number | 'batch' | 'epoch' | 'never';
}

function paceOf(instances: readonly CallbackInstance[]): Pace {
  let everyMs = Number.POSITIVE_INFINITY;
  for (const instance of instances) {
    if (!(instance instanceof CustomCallback)) {
      if (
        instance.onBatchBegin !== basePrototype.onBatchBegin ||
        instance.onBatchEnd !== basePrototype.onBatchEnd
      )
        return { kind: 'batch' };
      continue;
    }
    const { batchBegin, batchEnd, yieldEvery } = instance as unknown as CustomFields;
    if (batchBegin || batchEnd || yieldEvery === 'batch') return { kind: 'batch' };
    if (typeof yieldEvery === 'number') everyMs = Math.min(everyMs, yieldEvery);
  }
  return Number.isFinite(everyMs) ? { kind: 'time', everyMs } : { kind: 'epoch' };
}

/** Chooses how many steps run before the next stop. Results do not depend on it. */
export class Pacer {
  private readonly pace: Pace;
  private stepsPerMs = 0;

  constructor(pace: Pace) {
    this.pace = pace;
  }

  next(remaining: number): number {
    if (this.pace.kind === 'batch') return 1;
    if (this.pace.kind === 'epoch') return remaining;
    return Math.max(1, Math.min(remaining, Math.floor(this.stepsPerMs * this.pace.everyMs)));
  }

  took(steps: number, ms: number): void {
    this.stepsPerMs = steps / Math.max(ms, 0.01);
  }
}
