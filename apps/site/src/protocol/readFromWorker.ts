import {
  anyOf,
  type Check,
  fields,
  flag,
  instance,
  isObject,
  list,
  number,
  optional,
  pair,
  readMessage,
  text,
  whole,
} from './checks.js';
import type { ErrorCode, FromWorker } from './messages.js';

const run = whole(0, Number.MAX_SAFE_INTEGER);
const step = whole(0, Number.MAX_SAFE_INTEGER);
const contestant = anyOf(0, 1);
const sentence = text(10_000);
const floats = instance(Float32Array);
const anyNumber: Check = (value, name) => (typeof value === 'number' ? undefined : `${name} is no number`);
const object: Check = (value, name) => (isObject(value) ? undefined : `${name} is no object`);
const objects = list(object, 10_000);

const score = fields({
  trainLoss: number,
  testLoss: number,
  score: number,
  stepsToTarget: optional(step),
  secondsToTarget: optional(number),
});

const outcomes = ['limit', 'target', 'diverged'] as const;
const codes: { readonly [K in ErrorCode]: true } = {
  protocol: true,
  data: true,
  network: true,
  'backend-lost': true,
  memory: true,
  internal: true,
};

const capabilities = fields({
  backend: text(20),
  backends: objects,
  isIsolated: flag,
});

const formula = fields({
  isExact: flag,
  terms: objects,
  degree: step,
  largestGap: number,
  conic: optional(object),
});

/** The fields of every message: numbers are finite, so no text of the page can say NaN. */
const messages: { readonly [K in FromWorker['kind']]: Readonly<Record<string, Check>> } = {
  ready: { version: number, capabilities },
  configured: {
    run,
    settings: object,
    problem: object,
    contestants: pair(object),
    notices: list(sentence, 100),
  },
  frame: {
    run,
    step,
    seconds: number,
    stepsPerSecond: number,
    scores: pair(score),
    history: floats,
    grids: optional(pair(floats)),
    gridSize: anyOf(0, 9, 96, 192),
    weights: optional(pair(floats)),
    residuals: optional(pair(floats)),
    units: optional(pair(list(floats, 1000))),
    formula: optional(formula),
    predictions: optional(pair(floats)),
  },
  probed: { run, point: list(number, 1000), values: pair(anyNumber) },
  snapshot: { run, snapshot: object },
  exported: {
    run,
    contestant,
    model: fields({ topology: text(10_000_000), weights: instance(Uint8Array) }),
  },
  repeated: {
    run,
    results: list(fields({ seed: number, outcome: anyOf(...outcomes), scores: pair(score) }), 100),
    isLast: flag,
  },
  swept: {
    run,
    results: list(fields({ rate: number, outcome: anyOf(...outcomes), scores: pair(score) }), 100),
    isLast: flag,
  },
  done: { run, step, reason: anyOf('limit', 'target', 'paused') },
  diverged: { run, step, contestant, layer: sentence, tensor: sentence },
  notice: { run, text: sentence },
  error: { run, code: anyOf(...Object.keys(codes)), text: sentence, isRecoverable: flag },
};

const checks = Object.fromEntries(
  Object.entries(messages).map(([kind, own]) => [kind, fields({ kind: anyOf(kind), ...own })]),
);

/** What the worker sent, checked; an unknown message is a fault, never ignored. */
export function readFromWorker(data: unknown): ReturnType<typeof readMessage<FromWorker>> {
  return readMessage<FromWorker>(checks, data);
}
