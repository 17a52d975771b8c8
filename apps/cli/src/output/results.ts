/** @file The schema of `report/results.json`. */
import type { ExperimentResult } from '@polyneuron/experiments';

export interface Environment {
  readonly date: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly tfjs: string;
}

export interface Report {
  readonly version: string;
  readonly environment: Environment;
  readonly experiments: readonly ExperimentResult[];
}
