import { type BrowserFacts, browserFacts } from './browserFacts.js';
import { type Calibration, calibrate } from './calibrate.js';
import { describeCalibration } from './describeLoad.js';
import { simdVariants } from './simdVariants.js';

/** What a figure depends on besides the code. */
export interface Environment {
  readonly date: string;
  /** 'Node 20.20.2', or the browser's user agent. */
  readonly runtime: string;
  /** Version of V8; null where the runtime does not tell. */
  readonly v8: string | null;
  /** Command-line flags of the runtime, NODE_OPTIONS among them. */
  readonly flags: readonly string[];
  readonly platform: string;
  readonly cpu: string;
  /** Logical, as many as this process may use. */
  readonly cores: number;
  readonly memoryBytes: number | null;
  /** WebAssembly SIMD variants that validate here: 'simd', 'relaxed-simd'. */
  readonly simd: readonly string[];
  readonly hasSharedMemory: boolean;
  /** Over the last minute; null where the runtime does not tell. */
  readonly loadAverage: number | null;
  /** Absent from reports of earlier versions. */
  readonly calibration?: Calibration;
  /** In browsers. */
  readonly browser?: BrowserFacts;
  /** What makes the figures doubtful. */
  readonly warnings: readonly string[];
}

type Machine = Omit<Environment, 'date' | 'simd' | 'hasSharedMemory' | 'warnings'>;

/** Describes this machine and runtime, in Node and in browsers, and how busy it is: spins for some 130 ms. */
export async function captureEnvironment(): Promise<Environment> {
  const machine = isNode() ? await describeNode() : describeBrowser();
  return {
    date: new Date().toISOString(),
    ...machine,
    simd: simdVariants(),
    hasSharedMemory: typeof SharedArrayBuffer !== 'undefined',
    warnings: warningsAbout(machine),
  };
}

function isNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined;
}

async function describeNode(): Promise<Machine> {
  const os = await import('node:os');
  const options = process.env.NODE_OPTIONS?.split(/\s+/).filter((flag) => flag !== '') ?? [];
  return {
    runtime: `Node ${process.versions.node}`,
    v8: process.versions.v8,
    flags: [...process.execArgv, ...options],
    platform: `${os.platform()} ${os.release()} ${os.arch()}`,
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    // Windows has no load average: Node says 0 there.
    loadAverage: os.platform() === 'win32' ? null : os.loadavg()[0],
    calibration: calibrate({ now: () => performance.now(), processorMs }),
  };
}

function describeBrowser(): Machine {
  return {
    runtime: navigator.userAgent,
    v8: null,
    flags: [],
    platform: navigator.platform || 'browser',
    cpu: 'not told by browsers',
    cores: navigator.hardwareConcurrency,
    memoryBytes: null,
    loadAverage: null,
    calibration: calibrate({ now: () => performance.now() }),
    browser: browserFacts(),
  };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A loop slower than this on average is not alone; the spread of a quiet machine is a few percent. */
const busySlowdown = 1.15;

/** Load on more than half of the cores, a loop that is held up, flags that change how code is compiled, a GPU that is none. */
export function warningsAbout({
  loadAverage,
  cores,
  calibration,
  flags,
  browser,
}: Pick<Machine, 'loadAverage' | 'cores' | 'calibration' | 'flags' | 'browser'>): string[] {
  const warnings: string[] = [];
  if (loadAverage !== null && loadAverage > cores / 2)
    warnings.push(
      `the load average is ${loadAverage.toFixed(2)} on ${cores} cores: others are working, times are too long`,
    );
  if (calibration && calibration.slowdown > busySlowdown)
    warnings.push(`${describeCalibration(calibration)}: the machine is busy, times are too long`);
  const profiling = flags.filter((flag) => /^--(inspect|prof|cpu-prof|trace-|no-opt|jitless)/.test(flag));
  if (profiling.length > 0)
    warnings.push(`the runtime was started with ${profiling.join(' ')}, which slows it down`);
  if (browser?.gpu?.isSoftware)
    warnings.push('WebGL is drawn by software on the processor: its times say nothing about a GPU');
  return warnings;
}
