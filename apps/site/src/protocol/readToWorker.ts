import {
  above,
  anyOf,
  type Check,
  either,
  fields,
  flag,
  instance,
  list,
  number,
  optional,
  pair,
  readMessage,
  table,
  text,
  whole,
} from './checks.js';
import type { ToWorker } from './messages.js';
import { allSettings, someSettings } from './settingsChecks.js';

const run = whole(0, Number.MAX_SAFE_INTEGER);
const speed = either(anyOf('max'), above(0));
const contestant = anyOf(0, 1);
const seed = whole(0, 2 ** 32 - 1);
const rows = list(list(number, 3), 2000);

const views = fields({
  grid: anyOf(0, 9, 96, 192),
  extent: above(0),
  weights: flag,
  residuals: flag,
  units: flag,
  formula: flag,
});

const points = fields({ isClassification: flag, points: rows });

const snapshot = fields({
  settings: allSettings,
  step: whole(0, Number.MAX_SAFE_INTEGER),
  seconds: number,
  state: pair(table(instance(Float32Array, Float64Array, Int32Array))),
  history: instance(Float32Array),
});

const model = fields({ topology: text(1_000_000), weights: instance(Uint8Array) });

/** The fields of every message; `kind` was read before. */
const messages: { readonly [K in ToWorker['kind']]: Readonly<Record<string, Check>> } = {
  init: { version: number, backend: anyOf('auto', 'threads', 'wasm', 'webgl', 'javascript') },
  configure: { run, settings: allSettings, views, points: optional(points) },
  run: { run, speed },
  pause: { run },
  step: { run, count: whole(1, 1_000_000) },
  set: { run, settings: optional(someSettings), speed: optional(speed), views: optional(views) },
  drawn: { run, buffers: list(instance(ArrayBuffer), 1000) },
  probe: { run, point: list(number, 1000) },
  edit: { run, contestant, weight: text(200), index: whole(0, 2 ** 31), value: number },
  snapshot: { run },
  restore: { run, snapshot },
  export: { run, contestant },
  import: { run, model },
  repeat: { run, seeds: list(seed, 100) },
  sweep: { run, rates: list(above(0), 100) },
  dispose: {},
};

const checks = Object.fromEntries(
  Object.entries(messages).map(([kind, own]) => [kind, fields({ kind: anyOf(kind), ...own })]),
);

/** What the page sent, checked; an unknown message is a fault, never ignored. */
export function readToWorker(data: unknown): ReturnType<typeof readMessage<ToWorker>> {
  return readMessage<ToWorker>(checks, data);
}
