import { ValueError } from '@polyneuron/graph';
import { type BenchReport, reportVersion } from './benchReport.js';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumberOrNull: Check = (value) => value === null || isNumber(value);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isPair: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(isNumber);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const isAxis: Check = (value) =>
  isRecord(value) && isText(value.family) && isText(value.series) && isNumber(value.value);

/** Fields by list, each with what its value must be. */
const fieldsOf = {
  results: {
    case: isText,
    suite: isText,
    axis: optional(isAxis),
    contender: isText,
    threads: isNumber,
    runtime: optional(isText),
    device: isText,
    unit: isText,
    median: isNumber,
    p5: isNumber,
    p25: isNumber,
    p75: isNumber,
    p95: isNumber,
    mad: isNumber,
    samples: isNumber,
    runs: isNumber,
    firstCallMs: isNumber,
    memoryBytes: optional(isNumber),
    isWarm: isFlag,
    flops: isNumber,
    bytes: isNumber,
    gflops: optional(isNumber),
    shareOfPeak: optional(isNumber),
    maxError: isNumber,
    tolerance: isNumber,
    ratio: optional(isNumber),
    ratioInterval: optional(isPair),
    verdict: optional(isText),
    timings: optional(isListOf(isNumber)),
  },
  errors: {
    case: isText,
    contender: isText,
    threads: isNumber,
    runtime: optional(isText),
    maxError: isNumberOrNull,
    tolerance: isNumberOrNull,
    message: isText,
  },
  missing: { case: isText, contender: isText, runtime: optional(isText), reason: isText },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Check>>>>;

const environmentFields: Readonly<Record<string, Check>> = {
  date: isText,
  runtime: isText,
  platform: isText,
  cpu: isText,
  cores: isNumber,
  simd: isListOf(isText),
  flags: isListOf(isText),
  warnings: isListOf(isText),
  calibration: optional((value) => isRecord(value) && isNumber(value.slowdown)),
};

/**
 * Reads the JSON of a report again, and says everything that is wrong with one that is none.
 *
 * Throws   ValueError on text that is no JSON, another version, or fields that are absent or of another kind
 */
export function readBenchReport(text: string): BenchReport {
  const found = parse(text);
  if (!isRecord(found) || found.version !== reportVersion)
    throw refuse(`a report of version ${reportVersion}`, describe(found));
  const wrong = [
    ...wrongFields('environment', found.environment, environmentFields),
    ...(isText(found.baseline) ? [] : ['baseline']),
    ...(found.peak === null || isPeak(found.peak) ? [] : ['peak']),
    ...(['results', 'errors', 'missing'] as const).flatMap((list) => wrongEntries(list, found[list])),
    ...(found.noise === undefined || isListOf(isNoise)(found.noise) ? [] : ['noise']),
  ];
  if (wrong.length > 0)
    throw refuse('every field of a report', `wrong or absent: ${wrong.slice(0, 8).join(', ')}`);
  return found as unknown as BenchReport;
}

const isPeak: Check = (value) =>
  isRecord(value) && isNumber(value.gflops) && optional(isGraphicsPeak)(value.graphics);

const isGraphicsPeak: Check = (value) =>
  isRecord(value) && isText(value.renderer) && [value.gflops, value.copyGBs, value.launchMs].every(isNumber);

const isNoise: Check = (value) =>
  isRecord(value) && isText(value.case) && isNumber(value.ratio) && isPair(value.ratioInterval);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refuse('JSON', (cause as Error).message);
  }
}

function wrongEntries(list: keyof typeof fieldsOf, value: unknown): string[] {
  if (!Array.isArray(value)) return [list];
  return value.flatMap((entry, at) => wrongFields(`${list}[${at}]`, entry, fieldsOf[list]));
}

function wrongFields(path: string, value: unknown, fields: Readonly<Record<string, Check>>): string[] {
  if (!isRecord(value)) return [path];
  return Object.entries(fields).flatMap(([name, check]) => (check(value[name]) ? [] : [`${path}.${name}`]));
}

function describe(value: unknown): string {
  return isRecord(value) ? `version ${JSON.stringify(value.version)}` : typeof value;
}

function refuse(expected: string, received: string): ValueError {
  return new ValueError({
    subject: 'readBenchReport',
    expected,
    received,
    fix: 'take the JSON that `polyneuron bench --json`, or the benchmark page, wrote',
  });
}
