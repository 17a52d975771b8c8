import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchResult } from '@polyneuron/bench';
import { findBrowser } from '@polyneuron/bench/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const isBuilt = existsSync(main);
if (!isBuilt) console.warn(`SKIPPED: the command-line tests need ${main}; run 'npm run build' first`);

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'polyneuron-cli-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[]): { readonly child: ChildProcess; readonly ending: Promise<Ending> } {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ending = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, ending };
}

/** Runs the built program in an empty directory. */
function run(...args: string[]): Promise<Ending> {
  return start(args).ending;
}

const commands = ['reproduce', 'train', 'compare', 'datasets', 'layers', 'inspect', 'bench', 'doctor'];

/** The error text without what differs from machine to machine. */
const plain = (text: string) => text.replaceAll(directory, 'DIR').trimEnd();

describe.skipIf(!isBuilt)('polyneuron', () => {
  it.each([[['--help']], [[]]])('says what it does with %j', async (args) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of commands) expect(stdout).toContain(command);
    expect(stdout).toContain('Examples:');
    expect(stdout).toMatch(/Exit codes:\n +0 {2}done\n +1 .*\n +2 .*\n +3 .*\n +4 .*\n +130 /);
  });

  it.each(commands)('%s --help has examples', async (command) => {
    const { code, stdout } = await run(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`Examples:\n  polyneuron ${command}`);
  });

  it('prints its version', async () => {
    const { code, stdout } = await run('--version');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});

describe.skipIf(!isBuilt)('bad input', () => {
  const cases: readonly (readonly [string, readonly string[], number])[] = [
    ['an unknown command', ['reproduse'], 2],
    ['an unknown option', ['reproduce', '--ful'], 2],
    ['an unknown experiment', ['reproduce', 'corss'], 2],
    ['an unknown backend', ['reproduce', '--backend', 'tfjs:wasn'], 2],
    ['an unknown layer', ['inspect', 'quadDens', '--units', '3'], 2],
    ['an unknown layer option', ['inspect', 'quadDense', '--units', '3', '--option', 'strat=random'], 2],
    ['a missing layer option', ['inspect', 'quadDense'], 2],
    ['a value of a wrong kind', ['inspect', 'quadDense', '--units', 'many'], 2],
    ['a missing argument', ['inspect'], 2],
    ['a missing required option', ['train', '--layers', 'dense:1'], 2],
    ['an unknown task', ['compare', '--task', 'fridman'], 2],
    [
      'a contender that compare lacks',
      ['compare', '--task', 'friedman', '--contenders', 'dense,quadDens'],
      2,
    ],
    ['a contender twice', ['compare', '--task', 'friedman', '--contenders', 'dense,dense'], 2],
    ['an unknown measure', ['compare', '--task', 'friedman', '--match', 'bytes'], 2],
    ['a learning rate of 0', ['compare', '--task', 'friedman', '--learning-rates', '0.1,0'], 2],
    ['an unknown data set', ['train', '--dataset', 'mnits', '--layers', 'dense:1'], 2],
    [
      'an unknown data set option',
      ['train', '--dataset', 'parity', '--layers', 'dense:1:sigmoid', '--dataset-option', 'trainCont=9'],
      2,
    ],
    ['a wrong rank', ['train', '--dataset', 'synthetic-glyphs', '--layers', 'dense:10:softmax'], 2],
    [
      'a layer that does not take its input',
      ['train', '--dataset', 'friedman', '--layers', 'conv2d:4:3,dense:1'],
      2,
    ],
    ['an activation that is none', ['train', '--dataset', 'friedman', '--layers', 'dense:1:reluu'], 2],
    ['an unknown suite', ['bench', '--suite', 'step'], 2],
    ['an unknown case', ['bench', '--suite', 'gemm', '--cases', 'gemm-64-nm'], 2],
    ['two sizes at once', ['reproduce', '--quick', '--full'], 2],
    ['an unknown contender', ['bench', '--contenders', 'polyneuron-wsam'], 2],
    ['two texts for standard output', ['bench', '--json', '-', '--format', 'csv'], 2],
    ['two reports in one file', ['bench', '--json', 'report', '--html', './report'], 2],
    [
      'missing files',
      ['train', '--dataset', 'mnist', '--data-dir', 'nowhere', '--layers', 'flatten,dense:10:softmax'],
      4,
    ],
  ];

  it.each(cases)('%s ends with one error and nothing on standard output', async (_, args, expected) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).not.toContain('    at ');
    expect(plain(stderr).replace(/^ {2}known .*$/m, '  known   ...')).toMatchSnapshot();
  });

  it('a truncated IDX file ends with exit code 4 and names the file', async () => {
    // Header of 10 images of 28 x 28, and no pixel
    writeFileSync(
      join(directory, 't10k-images-idx3-ubyte'),
      Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 28, 0, 0, 0, 28),
    );
    writeFileSync(join(directory, 't10k-labels-idx1-ubyte'), Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 10));
    const { code, stderr } = await run(
      'train',
      '--dataset',
      'mnist',
      '--data-dir',
      directory,
      '--layers',
      'flatten,dense:10:softmax',
    );
    expect(code).toBe(4);
    expect(plain(stderr).replace(/^ {2}known .*$/m, '  known   ...')).toMatchSnapshot();
  });

  it('a diverging loss ends with exit code 1, the epoch, the step and the remedy', async () => {
    const { code, stdout, stderr } = await run(
      ...[
        'train',
        '--dataset',
        'cross-polynomial',
        '--dataset-option',
        'trainCount=100',
        '--dataset-option',
        'testCount=10',
      ],
      ...[
        '--layers',
        'quadDense:1',
        '--optimizer',
        'sgd',
        '--learning-rate',
        '1e30',
        '--backend',
        'tfjs:cpu',
      ],
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^NonFiniteLossError: .* in epoch \d+, step \d+/);
    expect(stderr).toContain('Fix: lower the learning rate');
  });

  it('shows the stack with --debug', async () => {
    const { code, stderr } = await run('inspect', 'quadDens', '--debug');
    expect(code).toBe(2);
    expect(stderr).toContain('    at ');
  });

  it('an output directory that is a file ends with exit code 1 before any training', async () => {
    writeFileSync(join(directory, 'report'), 'mine');
    const { code, stdout, stderr } = await run('reproduce');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(plain(stderr).replace(/^ {2}known .*$/m, '  known   ...')).toMatchSnapshot();
    expect(readFileSync(join(directory, 'report'), 'utf8')).toBe('mine');
  });
});

describe.skipIf(!isBuilt)('inspect', () => {
  it('prints program, gradient program and cost', async () => {
    const { code, stdout, stderr } = await run(
      'inspect',
      'quadDense',
      '--units',
      '64',
      '--inputs',
      '784',
      '--batch',
      '32',
      '--gradient',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('program quadDense\n  input x0 : float32[32,784]');
    expect(stdout).toContain('program d:quadDense');
    expect(stdout).toContain('output d:parameter:kernelR');
    expect(stdout).toContain('Parameters: 150,720');
    expect(stdout).toMatch(/cost +nodes +flops +bytes/);
  });

  it('prints the same facts as JSON', async () => {
    const { code, stdout } = await run('inspect', 'featureCross', '--inputs', '3', '--json');
    const facts = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(facts).toMatchObject({ layer: 'featureCross', degree: 2, parameterCount: 12, outputShape: [3] });
    expect(facts.cost.program.flops).toBeGreaterThan(0);
  });
});

describe.skipIf(!isBuilt)('catalogues', () => {
  it('lists the layers', async () => {
    const layers = JSON.parse((await run('layers', '--json')).stdout) as {
      name: string;
      formula: string;
      source: string;
    }[];
    expect(layers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['quadDense', 'featureCross', 'hyperDense', 'taylor', 'householder', 'affine']),
    );
    for (const { formula, source } of layers)
      expect(Math.min(formula.length, source.length)).toBeGreaterThan(0);
  });

  it('lists the data sets', async () => {
    const sets = JSON.parse((await run('datasets', '--json')).stdout) as { name: string }[];
    expect(sets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['cross-polynomial', 'lift-polynomial', 'synthetic-glyphs', 'mnist']),
    );
  });

  it('examines the machine, without a word of tfjs', async () => {
    const { code, stdout, stderr } = await run('doctor', '--json');
    const facts = JSON.parse(stdout);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(facts.backends.map(({ name }: { name: string }) => name)).toEqual([
      'cuda',
      'native-gpu',
      'wasm',
      'tfjs:wasm',
      'tfjs:cpu',
      'reference',
      'native-cpu',
    ]);
    expect(facts.environment.node).toBe(process.versions.node);
  });
});

/** One product, as briefly as it can be measured. */
const briefBench = [
  ...['bench', '--suite', 'gemm', '--cases', 'gemm-64-nn', '--contenders', 'polyneuron-wasm'],
  ...['--threads', '1', '--rounds', '3', '--budget-ms', '200'],
];

describe.skipIf(!isBuilt)('bench', () => {
  it('lists a peer that is not here with the reason, and measures the others', async () => {
    const wanted = ['--contenders', 'polyneuron-wasm,jax,keras', '--python', 'no-such-python'];
    const { code, stdout } = await run(...briefBench, ...wanted, '--json', '-');
    const { results, missing } = JSON.parse(stdout);
    expect({ code, results: results.length }).toEqual({ code: 0, results: 1 });
    expect(missing).toEqual([
      {
        case: '*',
        contender: 'jax',
        reason:
          'expected an answer, got no process: spawn no-such-python ENOENT; install Python 3.9 or later, or name an interpreter by --python or POLYNEURON_PYTHON',
      },
      {
        case: '*',
        contender: 'keras',
        reason: 'it takes part in steps, inference, compile, convergence and scaling only',
      },
    ]);
  });

  it('prints its report as JSON', async () => {
    const { code, stdout, stderr } = await run(...briefBench, '--json', '-');
    const { warnings } = JSON.parse(stdout).environment;
    const warned = warnings.map((warning: string) => `warning: ${warning}\n`).join('');
    expect({ code, stderr }).toEqual({ code: 0, stderr: warned });
    const { version, environment, peak, results, errors, missing } = JSON.parse(stdout);
    expect({ version, errors, missing }).toEqual({ version: 1, errors: [], missing: [] });
    expect(environment.runtime).toBe(`Node ${process.versions.node}`);
    expect(peak.gflops).toBeGreaterThan(0);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      case: 'gemm-64-nn',
      contender: 'polyneuron-wasm',
      threads: 1,
      unit: 'ms/run',
      samples: 3,
      flops: 2 * 64 ** 3,
    });
    const { median, p5, p95, runs, gflops, shareOfPeak, maxError, tolerance } = results[0];
    expect(p5).toBeGreaterThan(0);
    expect([p5, median, p95]).toEqual([p5, median, p95].sort((a, b) => a - b));
    expect(runs).toBeGreaterThanOrEqual(3);
    expect(gflops).toBeCloseTo((2 * 64 ** 3) / (median * 1e6), 6);
    expect(shareOfPeak).toBeCloseTo(gflops / peak.gflops, 6);
    expect(maxError).toBeLessThanOrEqual(tolerance);
  });

  it('prints a table, and writes the report in three forms', async () => {
    const { code, stdout, stderr } = await run(
      ...briefBench,
      ...['--json', 'out/b.json', '--html', 'out/b.html', '--format', 'csv', '--out', 'out/b.csv'],
    );
    expect({ code, failures: stderr.replaceAll(/^warning: .*\n/gm, '') }).toEqual({ code: 0, failures: '' });
    expect(stdout).toMatch(/^case +contender +runtime +threads +median/m);
    expect(stdout).toMatch(/^gemm-64-nn +polyneuron-wasm +node +1 /m);
    expect(readdirSync(join(directory, 'out')).sort()).toEqual(['b.csv', 'b.html', 'b.json']);
    const read = (name: string) => readFileSync(join(directory, 'out', name), 'utf8');
    const { median } = JSON.parse(read('b.json')).results[0];
    expect(read('b.csv')).toContain(`gemm-64-nn,gemm,polyneuron-wasm,1,`);
    expect(read('b.csv')).toContain(String(median));
    expect(read('b.html')).toContain('gemm-64-nn');
  });
});

const hasBrowser = findBrowser() !== undefined;
if (!hasBrowser) console.warn('SKIPPED: bench --runtime chromium: no Chromium here');

describe.skipIf(!isBuilt || !hasBrowser)('bench in two runtimes', () => {
  it('measures a contender in Node and in Chromium, each in a process of its own', async () => {
    const where = ['--runtime', 'node,chromium', '--backend', 'wasm', '--threads', '1'];
    const how = ['--suite', 'gemm', '--cases', 'gemm-64-nn', '--rounds', '3', '--budget-ms', '200'];
    const { code, stdout } = await run('bench', ...how, ...where, '--json', '-');
    const { results, errors, missing } = JSON.parse(stdout);
    expect({ code, errors, missing }).toEqual({ code: 0, errors: [], missing: [] });
    const settings = (results as BenchResult[]).map(({ contender, runtime }) => `${contender} ${runtime}`);
    expect(settings).toEqual([
      'polyneuron-wasm node',
      'tfjs-wasm node',
      'polyneuron-wasm chromium',
      'tfjs-wasm chromium',
    ]);
    for (const { memoryBytes } of results as BenchResult[]) {
      if (process.platform === 'linux') expect(memoryBytes).toBeGreaterThan(2 ** 24);
    }
  });
});

describe.skipIf(!isBuilt)('compare', () => {
  it('trains every contender from every seed, and writes a page', async () => {
    const { code, stdout, stderr } = await run(
      'compare',
      '--task',
      'polynomial-surface',
      '--task-option',
      'trainCount=256',
      '--task-option',
      'testCount=64',
      '--contenders',
      'linear,quadDense',
      '--budget',
      '60',
      '--seeds',
      '2',
      '--epochs',
      '3',
      '--learning-rates',
      '0.01,0.1',
      '--json',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { version, contenders, seeds } = JSON.parse(stdout);
    expect({ version, seeds }).toEqual({ version: 1, seeds: [1, 2] });
    // linear: 4 + 1; quadDense of w units on 4 inputs, and its output: 15 w + w + 1 = 16 w + 1
    expect(contenders.map((one: { parameters: number }) => one.parameters)).toEqual([5, 65]);
    expect(contenders[0].polynomial).toMatchObject({ degree: 1, termCount: 5 });
    expect(contenders[1].polynomial.reason).toContain('quadDense_1');
    for (const { test, curves, rates, interactions } of contenders) {
      expect(interactions.names).toEqual(['x1', 'x2', 'x3', 'x4']);
      expect(test.rmse.values.every(Number.isFinite)).toBe(true);
      expect(curves.map((curve: number[]) => curve.length)).toEqual([3, 3]);
      expect(rates).toHaveLength(2);
    }
    expect(readFileSync(join(directory, 'compare.html'), 'utf8')).toContain(
      'comparison on polynomial-surface',
    );
  });
});

describe.skipIf(!isBuilt)('train', () => {
  it('trains, reports and saves a model that tfjs can load', async () => {
    const { code, stdout, stderr } = await run(
      ...[
        'train',
        '--dataset',
        'cross-polynomial',
        '--dataset-option',
        'trainCount=2000',
        '--dataset-option',
        'testCount=200',
      ],
      ...[
        '--layers',
        'featureCross,dense:1',
        '--optimizer',
        'adagrad',
        '--learning-rate',
        '0.4',
        '--batch-size',
        '100',
      ],
      ...['--epochs', '5', '--backend', 'tfjs:cpu', '--save', 'model', '--json'],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ parameters: 16, epochs: 5, savedTo: 'model' });
    expect(result.history.loss).toHaveLength(5);
    expect(result.history.val_loss).toHaveLength(5);
    expect(readdirSync(join(directory, 'model')).sort()).toEqual([
      'model.json',
      expect.stringMatching(/^weights-.*\.bin$/),
    ]);
  });
});

interface Row {
  readonly name: string;
  readonly parameters: number;
  readonly metrics: Record<string, Record<string, number>> & { readonly test: Record<string, number> };
}

/** A contender of the only experiment in out/results.json. */
function contenderOf(name: string): Row {
  const { experiments } = JSON.parse(readFileSync(join(directory, 'out', 'results.json'), 'utf8'));
  return experiments[0].contenders.find((contender: Row) => contender.name === name);
}

describe.skipIf(!isBuilt)('reproduce', () => {
  it('writes the report of one experiment', async () => {
    const { code, stdout, stderr } = await run('reproduce', 'cross', '--out', 'out');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('featureCross + dense(1)');
    expect(readdirSync(join(directory, 'out')).sort()).toEqual(['index.html', 'results.json']);
    const { experiments } = JSON.parse(readFileSync(join(directory, 'out', 'results.json'), 'utf8'));
    expect(experiments).toHaveLength(1);
    const [{ id, seedDocument, contenders, published, readings }] = experiments;
    expect({ id, seedDocument }).toEqual({ id: 'cross', seedDocument: '001' });
    const parameters = contenders.map((contender: { parameters: number }) => contender.parameters);
    expect(parameters).toEqual([0, 40, 16]);
    expect(contenders[2].metrics.test.mse).toBeLessThanOrEqual(1e-6);
    expect(published.length).toBeGreaterThan(0);
    expect(readings[0].contender).toBe('featureCross + dense(1)');
    expect(readings[0].polynomial.text).toBe('x0^2 + x0 x1 + x1 x2 + x2^2');
  });

  it('fits x² + 2yz with one quadratic unit', async () => {
    const { code, stderr } = await run('reproduce', 'lift', '--out', 'out');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const contender = contenderOf('quadDense(1)');
    expect(contender.parameters).toBe(12);
    expect(contender.metrics.test.mse).toBeLessThanOrEqual(0.1);
    expect(Object.keys(contender.metrics)).toEqual(['train', 'test', 'outOfRange']);
    const { experiments } = JSON.parse(readFileSync(join(directory, 'out', 'results.json'), 'utf8'));
    const [{ polynomial, interactions }] = experiments[0].readings;
    expect(polynomial.text).toBe('x^2 + 2 y z');
    // ∂²(x² + 2yz)/∂y∂z
    expect(interactions.values[1][2]).toBeCloseTo(2, 2);
  });

  it('answers the exercises of the course', async () => {
    const { code, stderr } = await run('reproduce', 'mlp', '--out', 'out');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(contenderOf('dense MLP 784-64-64-10').parameters).toBe(55_050);
    expect(contenderOf('perceptron on AND').metrics.test).toEqual({ accuracy: 1 });
    expect(contenderOf('perceptron on XOR (does not converge)').metrics.test.accuracy).toBeLessThan(1);
    expect(contenderOf('quadDense(1) on XOR').metrics.test.accuracy).toBe(1);
    const html = readFileSync(join(directory, 'out', 'index.html'), 'utf8');
    for (const gate of ['AND', 'OR', 'NOR']) expect(html).toContain(gate);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const { child, ending } = start(['reproduce', 'cross', '--out', 'out']);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.kill('SIGINT');
    const { code, stderr } = await ending;
    expect(code).toBe(130);
    expect(stderr).toContain('interrupted');
    expect(readdirSync(directory)).toEqual([]);
  });
});
