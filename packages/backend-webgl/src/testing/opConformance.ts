import { opCases } from '@polyneuron/conformance';
import type { OpName } from '@polyneuron/graph';
import { type BackendChoice, conform, type Findings } from './backends.js';

/** Every sample of an op and its derivatives. */
export const opConformance = (choice: BackendChoice, op: OpName): Promise<Findings> =>
  conform(choice, opCases(op));
