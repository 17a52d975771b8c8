export {
  type AxisSeries,
  axisSeries,
  type BenchCase,
  type CaseAxis,
  type CompileTask,
  type ConvergenceTask,
  type ConvolutionTask,
  type InferenceTask,
  type LayerTask,
  type LiftTask,
  type MatMulForm,
  type MatMulTask,
  type PlannedLayer,
  type Suite,
  suites,
  type Task,
  type TrainingData,
  type TrainingTask,
  type Unit,
} from './cases/benchCase.js';
export { benchCases, type CaseSelection, casesOfSuite, selectCases } from './cases/selectCases.js';
export { type CompareOptions, compareReports } from './compare/compareReports.js';
export {
  type Change,
  type ComparedRow,
  type ComparedSide,
  type Comparison,
  regressionsOf,
  type Unmatched,
} from './compare/comparison.js';
export { type ComparisonFormat, comparisonRenderers } from './compare/renderComparison.js';
export type {
  Contender,
  ContenderSpec,
  Opening,
  Preparation,
  Unsupported,
  Workload,
} from './contenders/contender.js';
export { type BackendSource, programContender } from './contenders/programContender.js';
export { contendersFor } from './contenders/selectContenders.js';
export { type BrowserFacts, browserFacts, type GpuFacts } from './environment/browserFacts.js';
export type { Calibration } from './environment/calibrate.js';
export { captureEnvironment, type Environment } from './environment/captureEnvironment.js';
export { describeLoad } from './environment/describeLoad.js';
export type { GraphicsPeak } from './peak/graphicsPeak.js';
export { measureBandwidth, measurePeak, type Peak, type PeakOptions } from './peak/measurePeak.js';
export { measureTriads, type Triad } from './peak/measureTriads.js';
export { type LoadedOnnx, type OnnxPeer, onnxContender } from './peers/onnx/onnxContender.js';
export { type TfjsContenderOptions, tfjsContender } from './peers/tfjs/tfjsContender.js';
export type {
  CallRun,
  CaseProgram,
  ExecutionRun,
  FreshRun,
  GoalRun,
  OneRun,
  OpenedCase,
  ReferenceValues,
  ResultCheck,
  RunKind,
} from './programs/caseProgram.js';
export { openCase } from './programs/openCase.js';
export { serveWorker } from './remote/chromium/serveWorker.js';
export { serveParent } from './remote/node/serveParent.js';
export { contenderLabel, type Runtime, runtimeOf, runtimes } from './remote/runtime.js';
export type { FindContenders, ServingOptions } from './remote/serveContenders.js';
export type {
  BenchError,
  BenchReport,
  BenchResult,
  MissingEntry,
  NoiseFloor,
  RunRecord,
} from './report/benchReport.js';
export { readBenchReport } from './report/readBenchReport.js';
export { type ActionBenchmarkEntry, actionBenchmarkEntries } from './report/renderActionBenchmark.js';
export { type ReportFormat, renderers } from './report/renderers.js';
export { describeVersions } from './report/reportRows.js';
export { type Clock, platformClock } from './runner/clock.js';
export { maxErrorOf } from './runner/parity.js';
export { type BenchOptions, type BenchWorld, runBench, runBenchIn } from './runner/runBench.js';
export type { Phase, ProgressEvent } from './runner/runCase.js';
export { type BootstrapOptions, bootstrapRatio, type RatioInterval } from './statistics/bootstrapRatio.js';
export { quantile } from './statistics/quantile.js';
export { type Summary, summarize } from './statistics/summarize.js';
export { noiseFloor, type Verdict, verdictOf } from './statistics/verdict.js';
