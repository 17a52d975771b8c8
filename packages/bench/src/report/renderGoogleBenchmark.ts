import { contenderLabel } from '../remote/runtime.js';
import type { BenchReport, BenchResult } from './benchReport.js';

/**
 * The JSON that Google Benchmark writes with `--benchmark_format=json`, an entry per aggregate of each result, so that
 * its compare.py and the tools that read it take our figures.
 *
 * Source   github.com/google/benchmark, docs/user_guide.md, "Output Formats"
 */
export function renderGoogleBenchmark({ environment, results }: BenchReport): string {
  const { date, cores, runtime, cpu, loadAverage } = environment;
  const context = {
    date,
    executable: `polyneuron bench, ${runtime}`,
    host_name: cpu,
    num_cpus: cores,
    // Not told by JavaScript.
    mhz_per_cpu: 0,
    cpu_scaling_enabled: false,
    caches: [],
    load_avg: loadAverage === null ? [] : [loadAverage],
    library_build_type: 'release',
  };
  const benchmarks = results.flatMap((result, family) => entriesOf(result, family));
  return `${JSON.stringify({ context, benchmarks }, null, 2)}\n`;
}

type Aggregate = 'median' | 'mad' | 'p5' | 'p95';
const aggregates: readonly Aggregate[] = ['median', 'mad', 'p5', 'p95'];

function entriesOf(result: BenchResult, family: number): object[] {
  const { threads, samples, gflops } = result;
  // Names that Google Benchmark writes have no spaces
  const name = `${result.case}/${contenderLabel(result).replaceAll(' ', '_')}/threads:${threads}`;
  return aggregates.map((aggregate) => ({
    name: `${name}_${aggregate}`,
    family_index: family,
    per_family_instance_index: 0,
    run_name: name,
    run_type: 'aggregate',
    repetitions: samples,
    threads,
    aggregate_name: aggregate,
    aggregate_unit: 'time',
    iterations: samples,
    real_time: result[aggregate],
    // Work may be on other threads or in another process: the wall's time is the one there is.
    cpu_time: result[aggregate],
    time_unit: 'ms',
    ...(aggregate === 'median' && gflops !== undefined && { flops_per_second: gflops * 1e9 }),
  }));
}
