import { describe, expect, it } from 'vitest';
import { fakeEnvironment } from '../runner/testing/fakeWorld.js';
import type { BenchReport, BenchResult } from './benchReport.js';
import { renderers } from './renderers.js';
import { formatTime } from './reportRows.js';

const baseline: BenchResult = {
  case: 'mnist-mlp',
  suite: 'steps',
  contender: 'tfjs-wasm',
  threads: 1,
  device: 'tfjs wasm',
  unit: 'ms/step',
  median: 6.5,
  p5: 6.25,
  p25: 6.375,
  p75: 6.75,
  p95: 7.125,
  mad: 0.125,
  samples: 30,
  runs: 480,
  firstCallMs: 80.25,
  isWarm: true,
  flops: 2e7,
  bytes: 4e6,
  gflops: 3.0769,
  shareOfPeak: 0.0496,
  maxError: 1.25e-4,
  tolerance: 2e-3,
};

const report: BenchReport = {
  version: 1,
  environment: {
    ...fakeEnvironment,
    warnings: ['the load average is 3.46 on 2 cores: others are working, times are too long'],
  },
  peak: { gflops: 62, variant: 'products of 6', bandwidthGBs: 20 },
  baseline: 'tfjs-wasm',
  results: [
    baseline,
    {
      ...baseline,
      contender: 'polyneuron-wasm',
      threads: 2,
      device: 'WebAssembly SIMD, "2" threads',
      median: 0.125,
      p5: 0.12,
      p95: 0.14,
      mad: 0.002,
      gflops: 160,
      shareOfPeak: 1.29,
      ratio: 52,
      ratioInterval: [50.5, 54],
    },
    {
      ...baseline,
      case: 'cross',
      median: 0.98,
      gflops: 0.0612,
      versions: { '@tensorflow/tfjs-core': '4.22.0' },
    },
  ],
  errors: [
    {
      case: 'lift',
      contender: 'polyneuron-wasm',
      threads: 1,
      maxError: 0.5,
      tolerance: 2e-3,
      message: 'not timed: the result is off\n\nmore',
    },
  ],
  missing: [
    { case: '*', contender: 'polyneuron-webgl', reason: '1 thread: no WebGL here' },
    ...['a', 'b', 'c', 'd', 'e'].map((name) => ({ case: name, contender: 'tfjs-cpu', reason: 'too slow' })),
  ],
};

const empty: BenchReport = { ...report, results: [], errors: [], missing: [], peak: null };

describe('renderers', () => {
  it('text: an aligned table', () => {
    expect(renderers.text(report)).toMatchInlineSnapshot(`
      "Fake CPU, 2 cores; Node 20.0.0, V8 11.3; simd
      before the run: load average 0.00 on 2 cores
      peak of one thread: 62.0 GFLOP/s (products of 6), copies 20.0 GB/s
      ratio: median of tfjs-wasm / median of the contender, above 1 is faster than tfjs-wasm
      tfjs-wasm: @tensorflow/tfjs-core 4.22.0
      warning: the load average is 3.46 on 2 cores: others are working, times are too long

      case       contender        threads  median      p5     p95       MAD  unit     GFLOP/s  of peak  ratio  95 % interval  first call ms  max error
      mnist-mlp  tfjs-wasm              1   6.500   6.250   7.125    0.1250  ms/step     3.08      5 %                                 80.3     1.3e-4
      mnist-mlp  polyneuron-wasm        2  0.1250  0.1200  0.1400  0.002000  ms/step    160.0    129 %   52.0   50.5 to 54.0           80.3     1.3e-4

      cross      tfjs-wasm              1  0.9800   6.250   7.125    0.1250  ms/step     0.06      5 %                                 80.3     1.3e-4

      error: lift, polyneuron-wasm (1 thread): not timed: the result is off
      not measured: polyneuron-webgl: 1 thread: no WebGL here
      not measured: tfjs-cpu on a, b, c and 2 more: too slow
      "
    `);
    expect(renderers.text(empty)).toMatchInlineSnapshot(`
      "Fake CPU, 2 cores; Node 20.0.0, V8 11.3; simd
      before the run: load average 0.00 on 2 cores
      no peak: WebAssembly SIMD does not run here
      warning: the load average is 3.46 on 2 cores: others are working, times are too long

      nothing was timed
      "
    `);
  });

  it('markdown: a table that GitHub shows', () => {
    expect(renderers.markdown(report)).toMatchInlineSnapshot(`
      "- Fake CPU, 2 cores; Node 20.0.0, V8 11.3; simd
      - before the run: load average 0.00 on 2 cores
      - peak of one thread: 62.0 GFLOP/s (products of 6), copies 20.0 GB/s
      - ratio: median of tfjs-wasm / median of the contender, above 1 is faster than tfjs-wasm
      - tfjs-wasm: @tensorflow/tfjs-core 4.22.0
      - warning: the load average is 3.46 on 2 cores: others are working, times are too long

      | case | contender | threads | median | p5 | p95 | MAD | unit | GFLOP/s | of peak | ratio | 95 % interval | first call ms | max error |
      | --- | --- | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
      | mnist-mlp | tfjs-wasm | 1 | 6.500 | 6.250 | 7.125 | 0.1250 | ms/step | 3.08 | 5 % |  |  | 80.3 | 1.3e-4 |
      | mnist-mlp | polyneuron-wasm | 2 | 0.1250 | 0.1200 | 0.1400 | 0.002000 | ms/step | 160.0 | 129 % | 52.0 | 50.5 to 54.0 | 80.3 | 1.3e-4 |
      | cross | tfjs-wasm | 1 | 0.9800 | 6.250 | 7.125 | 0.1250 | ms/step | 0.06 | 5 % |  |  | 80.3 | 1.3e-4 |

      - error: lift, polyneuron-wasm (1 thread): not timed: the result is off
      - not measured: polyneuron-webgl: 1 thread: no WebGL here
      - not measured: tfjs-cpu on a, b, c and 2 more: too slow
      "
    `);
    expect(renderers.markdown(empty)).toContain('Nothing was timed.');
  });

  it('csv: a line per result, quoted where it must be', () => {
    expect(renderers.csv(report)).toMatchInlineSnapshot(`
      "case,suite,contender,threads,device,unit,median,p5,p95,mad,samples,runs,firstCallMs,isWarm,flops,gflops,shareOfPeak,maxError,tolerance,ratio,ratioLow,ratioHigh,runtime,memoryBytes
      mnist-mlp,steps,tfjs-wasm,1,tfjs wasm,ms/step,6.5,6.25,7.125,0.125,30,480,80.25,true,20000000,3.0769,0.0496,0.000125,0.002,,,,,
      mnist-mlp,steps,polyneuron-wasm,2,"WebAssembly SIMD, ""2"" threads",ms/step,0.125,0.12,0.14,0.002,30,480,80.25,true,20000000,160,1.29,0.000125,0.002,52,50.5,54,,
      cross,steps,tfjs-wasm,1,tfjs wasm,ms/step,0.98,6.25,7.125,0.125,30,480,80.25,true,20000000,0.0612,0.0496,0.000125,0.002,,,,,
      "
    `);
    expect(renderers.csv(empty).trimEnd().split('\n')).toHaveLength(1);
  });

  it('action-benchmark: what github-action-benchmark reads', () => {
    expect(JSON.parse(renderers['action-benchmark'](report)).slice(0, 2)).toMatchInlineSnapshot(`
      [
        {
          "extra": "p5 6.250, p95 7.125, 30 timings",
          "name": "mnist-mlp tfjs-wasm 1 thread",
          "range": "± 0.1250",
          "unit": "ms/step",
          "value": 6.5,
        },
        {
          "extra": "p5 0.1200, p95 0.1400, 30 timings
      52.0 times tfjs-wasm",
          "name": "mnist-mlp polyneuron-wasm 2 threads",
          "range": "± 0.002000",
          "unit": "ms/step",
          "value": 0.125,
        },
      ]
    `);
    expect(JSON.parse(renderers['action-benchmark'](empty))).toEqual([]);
  });

  it('google-benchmark: what its tools read', () => {
    const { context, benchmarks } = JSON.parse(renderers['google-benchmark'](report));
    expect(context).toMatchObject({ num_cpus: 2, host_name: 'Fake CPU', load_avg: [0] });
    expect(benchmarks).toHaveLength(4 * report.results.length);
    expect(benchmarks[0]).toMatchInlineSnapshot(`
      {
        "aggregate_name": "median",
        "aggregate_unit": "time",
        "cpu_time": 6.5,
        "family_index": 0,
        "flops_per_second": 3076900000,
        "iterations": 30,
        "name": "mnist-mlp/tfjs-wasm/threads:1_median",
        "per_family_instance_index": 0,
        "real_time": 6.5,
        "repetitions": 30,
        "run_name": "mnist-mlp/tfjs-wasm/threads:1",
        "run_type": "aggregate",
        "threads": 1,
        "time_unit": "ms",
      }
    `);
    expect(JSON.parse(renderers['google-benchmark'](empty)).benchmarks).toEqual([]);
  });

  it('shows verdicts where the noise was measured', () => {
    const verdicts = ['faster', 'no difference'] as const;
    const results = report.results.map((result, at) => ({ ...result, verdict: verdicts[at % 2] }));
    const lines = renderers.text({ ...report, results }).split('\n');
    expect(lines.find((line) => line.startsWith('case'))).toMatch(/95 % interval +verdict/);
    expect(lines.some((line) => line.includes('  faster  '))).toBe(true);
  });

  it('json: the report itself', () => {
    expect(JSON.parse(renderers.json(report))).toEqual(report);
  });
});

describe('formatTime', () => {
  it.each([
    [0, '0'],
    [1234.56, '1235'],
    [12.3456, '12.35'],
    [1, '1.000'],
    [0.0027, '0.002700'],
    [1e-9, '0.000000001'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatTime(ms)).toBe(text);
  });
});
