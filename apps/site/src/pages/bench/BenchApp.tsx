import type { BenchReport } from '@polyneuron/bench';
import { computed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { BenchSession, BenchStatus } from '../../benchLab/benchSession.js';
import { type BenchPlan, casesOf } from '../../benchLab/plan.js';
import { LiveRegion } from '../../views/LiveRegion.js';
import { CaseResults } from './CaseResults.js';
import { Conditions } from './Conditions.js';
import { RooflineChart } from './charts/RooflineChart.js';
import { SizeChart } from './charts/SizeChart.js';
import { ImportedRun } from './ImportedRun.js';
import { IsolationOffer } from './IsolationOffer.js';
import { PlanForm } from './PlanForm.js';
import { ReportFiles } from './ReportFiles.js';

export interface BenchAppProps {
  readonly session: BenchSession;
  /** What each case is, by its name. */
  readonly titles: Readonly<Record<string, string>>;
}

const firstPlan: BenchPlan = {
  length: 'quick',
  contenders: ['polyneuron-wasm', 'tfjs-wasm'],
  groups: ['steps', 'products'],
  threads: 1,
  hasWrongContender: false,
  seed: 1,
};

/** More threads than this rarely help one training step, and take memory. */
const mostThreads = 8;

/** The benchmark: plan, run, results. Nothing runs before the click. */
export function BenchApp({ session, titles }: BenchAppProps) {
  const plan = useSignal(firstPlan);
  const threadCounts = useSignal<readonly number[]>([1]);
  const isReady = useSignal(false);
  const imported = useSignal<{ readonly name: string; readonly report: BenchReport } | undefined>(undefined);
  const importFault = useSignal('');
  const spoken = useMemo(() => computed(() => speakOf(session.status.value)), [session]);
  useEffect(() => {
    const counts = threadCountsHere();
    threadCounts.value = counts;
    plan.value = { ...plan.value, threads: counts.at(-1) as number };
    isReady.value = true;
  }, [plan, threadCounts, isReady]);

  const status = session.status.value;
  const report = session.report.value;
  const isRunning = status.kind === 'running';
  const canStart = isReady.value && plan.value.contenders.length > 0 && casesOf(plan.value).length > 0;
  return (
    <>
      <PlanForm plan={plan} threadCounts={threadCounts.value} isRunning={isRunning} />
      <IsolationOffer />
      <div class="bench-run">
        <button
          type="button"
          class="primary"
          disabled={!canStart || isRunning}
          onClick={() => session.start(plan.value)}
        >
          Start the benchmark
        </button>
        <button type="button" disabled={!isRunning} onClick={() => session.stop()}>
          Cancel
        </button>
        <Progress status={status} />
      </div>
      <LiveRegion text={spoken} />
      <Banner status={status} />
      {report && (
        <section aria-labelledby="results-title">
          <h2 id="results-title">Measured in this browser</h2>
          <CaseResults report={report} titles={titles} />
          <RooflineChart report={report} />
          <SizeChart report={report} />
          <Conditions report={report} focusLosses={session.focusLosses.value} />
        </section>
      )}
      <ReportFiles report={report} imported={imported} importFault={importFault} />
      {imported.value && <ImportedRun {...imported.value} titles={titles} />}
    </>
  );
}

function Progress({ status }: { readonly status: BenchStatus }) {
  if (status.kind !== 'running') return null;
  return (
    <p class="bench-progress">
      <progress aria-label="Share of the run that is over" value={status.share} max={1} />
      <span>{status.text}</span>
    </p>
  );
}

type Banners = { readonly [K in BenchStatus['kind']]: (status: Extract<BenchStatus, { kind: K }>) => string };

const banners: Banners = {
  idle: () => '',
  running: () => '',
  done: () => '',
  stopped: () => 'Stopped. The cases that were over are below; the others were not measured.',
  void: ({ reason }) =>
    `Void: ${reason}. The figures below do not count; start again and keep this tab in front.`,
  failed: ({ text }) => `The run failed: ${text}`,
};

function Banner({ status }: { readonly status: BenchStatus }) {
  const text = (banners[status.kind] as (status: BenchStatus) => string)(status);
  return text === '' ? null : <p class="bench-banner warning">{text}</p>;
}

const spoken: { readonly [K in BenchStatus['kind']]: string } = {
  idle: '',
  running: 'Benchmark running.',
  done: 'Benchmark done.',
  stopped: 'Benchmark stopped.',
  void: 'Benchmark void: the page was hidden.',
  failed: 'Benchmark failed.',
};

function speakOf({ kind }: BenchStatus): string {
  return spoken[kind];
}

/** One, and as many as there are cores, where threads can be had. */
function threadCountsHere(): readonly number[] {
  const cores = Math.min(mostThreads, navigator.hardwareConcurrency || 1);
  return globalThis.crossOriginIsolated && cores > 1 ? [1, cores] : [1];
}
