/** @file Integers beyond 2^24, and numbers that are not finite: what textures and shaders must keep. */
import { integerCases, specialCases } from '@polyneuron/conformance';
import { type BackendChoice, conform, type Findings } from './backends.js';

/** Every operation on integers at the ends of their range, exactly. */
export const integerConformance = (choice: BackendChoice): Promise<Findings> =>
  conform(choice, integerCases());

/** Every operation on NaN, infinities, zeros of both signs and numbers near the ends of float32. */
export const specialConformance = (choice: BackendChoice): Promise<Findings> =>
  conform(choice, specialCases());
