import { findCompiler } from './build/compileBinding.js';
import { findNodeHeaders } from './build/nodeHeaders.js';
import { bindingVariable, type LocatedBinding, locateBindings } from './locate/bindings.js';
import { findGpus, type GpuFacts } from './locate/gpus.js';
import { type BindingRecord, nativeCacheDirectory, recordOf } from './locate/nativeCache.js';
import { type BindingProbe, probeBinding } from './locate/probeBinding.js';
import { defaultPython, findPythonTensorflow, type PythonTensorflow } from './locate/pythonTensorflow.js';
import { findTfjsNode, type TfjsNodePackage } from './locate/tfjsNodePackage.js';

/** A binding with what it says when it is loaded, and the record of its build. */
export interface InspectedBinding extends LocatedBinding {
  readonly probe: BindingProbe;
  readonly record: BindingRecord | undefined;
}

/** What there is for TensorFlow in Node, and what to do about what is not. */
export interface NativeReport {
  readonly node: string;
  /** Node 23 took functions of `util` away that tfjs-node calls; they are supplied. */
  readonly suppliesUtilFunctions: boolean;
  readonly packages: readonly TfjsNodePackage[];
  /** In the order in which they are taken; the first is the one in use. */
  readonly bindings: readonly InspectedBinding[];
  readonly cacheDirectory: string;
  readonly python: PythonTensorflow | undefined;
  /** What `polyneuron native build` compiles with. */
  readonly compiler: string | undefined;
  readonly nodeHeaders: string | undefined;
  readonly gpu: GpuFacts;
  readonly remedies: readonly string[];
}

/** The last release of tfjs-node carries this TensorFlow, which knows no GPU since Ampere of 2020. */
const releasedTensorflow = /^2\.[0-9]\./;

export async function inspectNative(): Promise<NativeReport> {
  const bindings = locateBindings().map((binding) => ({
    ...binding,
    probe: binding.exists ? probeBinding(binding.path) : ({ loads: false, reason: 'no such file' } as const),
    record: recordOf(binding.path),
  }));
  const facts = {
    node: process.versions.node,
    suppliesUtilFunctions: Number(process.versions.node.split('.')[0]) >= 23,
    packages: findTfjsNode(),
    bindings,
    cacheDirectory: nativeCacheDirectory(),
    python: findPythonTensorflow(),
    compiler: await findCompiler().then(
      ({ version }) => version,
      () => undefined,
    ),
    nodeHeaders: headersOrNone(),
    gpu: findGpus(),
  };
  return { ...facts, remedies: remediesFor(facts) };
}

function headersOrNone(): string | undefined {
  try {
    return findNodeHeaders();
  } catch {
    return undefined;
  }
}

/** What stands in the way, nearest first. */
export function remediesFor({
  packages,
  bindings,
  python,
  compiler,
  nodeHeaders,
  gpu,
}: Omit<NativeReport, 'remedies'>): readonly string[] {
  const [first] = bindings;
  const remedies: string[] = [];
  if (first?.origin === 'named' && !first.probe.loads)
    remedies.push(`correct or unset ${bindingVariable}: ${first.probe.reason}`);
  else if (first && !first.probe.loads)
    remedies.push(`build the binding again, as ${first.path} does not load: ${first.probe.reason}`);
  const isOld = first?.probe.loads === true && releasedTensorflow.test(first.probe.tensorflow);
  const isBlind = gpu.gpus.length > 0 && first?.probe.loads === true && !first.probe.isGpu;
  if (isOld || isBlind || !first?.probe.loads) {
    if (packages.length === 0)
      remedies.push(
        'install the sources of the binding: npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0',
      );
    if (!python)
      remedies.push(
        `install a TensorFlow: pip install ${gpu.gpus.length > 0 ? "'tensorflow[and-cuda]'" : 'tensorflow-cpu'}, and name its Python by POLYNEURON_PYTHON (now ${defaultPython()})`,
      );
    if (!compiler) remedies.push('install a C++ compiler, such as g++');
    if (!nodeHeaders) remedies.push("fetch the headers of Node: 'npx node-gyp install'");
    remedies.push("then run 'polyneuron native build'");
  }
  return remedies;
}
