import { createWasmBackend } from '@polyneuron/backend-wasm';
import { browserFacts } from '@polyneuron/bench';
import {
  claimSheets,
  type ExperimentResult,
  experiments,
  type JudgedClaim,
  judgeClaims,
  judgeExperiment,
  type Progress,
} from '@polyneuron/experiments';
import { imageFiles } from './imageFiles.js';
import type { ExperimentPlan, FromExperiment, Outcome } from './messages.js';

/** Runs an experiment seed by seed, and judges what is there after each. */
export async function runExperiment(
  plan: ExperimentPlan,
  post: (message: FromExperiment) => void,
): Promise<void> {
  const spec = experiments[plan.id];
  const sheet = claimSheets[plan.id];
  if (!spec || !sheet) throw new Error(`internal: no experiment '${plan.id}'`);
  const backend = createWasmBackend();
  const images = plan.images && imageFiles(plan.images.name, plan.images.files);
  const results: ExperimentResult[] = [];
  const started = performance.now();
  try {
    for (let seed = 0; seed < plan.seeds; seed++) {
      results.push(
        await spec.run({
          backend,
          isFull: plan.isFull,
          seed,
          ...(images && { images }),
          progress: reporter(seed, post),
          yieldEvery: 'never',
          starts: 1,
        }),
      );
      const claims = judgeClaims(sheet.claims, results);
      post({ kind: 'judged', outcome: outcomeOf(results, claims, (performance.now() - started) / 1000) });
    }
  } finally {
    backend.dispose();
  }
}

function reporter(seed: number, post: (message: FromExperiment) => void): Progress {
  let [label, total] = ['', 1];
  const say = (done: number, note: string) => post({ kind: 'progress', seed, label, done, total, note });
  return {
    begin(name, steps) {
      [label, total] = [name, steps];
      say(0, '');
    },
    update: (done, note = '') => say(done, note),
    end() {},
  };
}

function outcomeOf(
  results: readonly ExperimentResult[],
  claims: readonly JudgedClaim[],
  seconds: number,
): Outcome {
  const last = results.at(-1) as ExperimentResult;
  const verdict = judgeExperiment(claims);
  return {
    seeds: results.length,
    secondsPerSeed: seconds / results.length,
    verdict,
    claims,
    contenders: last.contenders.map(({ name, parameters, seconds: trained, metrics }) => ({
      name,
      parameters,
      seconds: trained,
      test: metrics.test,
    })),
    dataset: last.dataset,
    backend: last.backend,
    json: toJson({
      date: new Date().toISOString(),
      runtime: navigator.userAgent,
      cores: navigator.hardwareConcurrency,
      browser: browserFacts(),
      id: last.id,
      seconds,
      verdict,
      claims,
      // One per seed, without pictures
      results: results.map(({ figures: _, ...result }) => result),
    }),
  };
}

/** Numbers that JSON lacks (NaN, infinities) are written as strings, as in the results.json of the command line. */
function toJson(value: unknown): string {
  return `${JSON.stringify(value, (_, entry) => (typeof entry === 'number' && !Number.isFinite(entry) ? String(entry) : entry), 2)}\n`;
}
