import { type InspectedBinding, inspectNative, type NativeReport } from '@polyneuron/backend-cuda/native';
import { type CommandContext, printJson, printText } from '../commandContext.js';
import { renderTable } from '../terminal/table.js';
import type { CommonOptions } from './commonOptions.js';

/** `doctor --native`: a report, whatever it says; nothing here is needed by other backends. */
export async function examineNative(context: CommandContext, { json }: CommonOptions): Promise<void> {
  const report = await inspectNative();
  if (json) printJson(context, report);
  else printText(context, describeNative(report));
}

const origins: { readonly [K in InspectedBinding['origin']]: string } = {
  named: 'named by POLYNEURON_TFJS_BINDING',
  built: "built by 'polyneuron native build'",
  packaged: 'came with the package',
};

export function describeNative(report: NativeReport): string {
  const { packages, python, compiler, nodeHeaders, gpu, bindings, remedies } = report;
  const facts = [
    [
      'Node',
      report.suppliesUtilFunctions
        ? `${report.node}; functions of util that tfjs-node calls are supplied`
        : report.node,
    ],
    ['tfjs-node', packages.map(({ name, version }) => `${name} ${version}`).join(', ') || 'not installed'],
    ['TensorFlow of Python', python ? `${python.version} in ${python.directory}` : 'none'],
    ['compiler', compiler ?? 'none'],
    ['headers of Node', nodeHeaders ?? 'none'],
    ['NVIDIA driver', gpu.driver ?? 'none'],
    ['GPUs', gpu.gpus.join(', ') || 'none'],
    ['bindings built here', report.cacheDirectory],
  ];
  const rows = bindings.map(({ path, origin, probe, record }) => [
    probe.loads
      ? `TensorFlow ${probe.tensorflow}, ${probe.isGpu ? 'on a GPU' : 'on the processor'}`
      : 'does not load',
    origins[origin],
    [
      path,
      ...(probe.loads ? [] : [probe.reason]),
      ...(record ? [`TensorFlow: ${record.tensorflowDirectory}`] : []),
    ].join('\n'),
  ]);
  return [
    renderTable([{ title: 'what' }, { title: 'here' }], facts),
    '',
    rows.length === 0
      ? 'No binding of tfjs-node.'
      : renderTable([{ title: 'binding' }, { title: 'origin' }, { title: 'file', maxWidth: 90 }], rows),
    '',
    conclusion(report),
    ...remedies.map((remedy, at) => `  ${at + 1}. ${remedy}`),
  ].join('\n');
}

function conclusion({ bindings: [first], remedies }: NativeReport): string {
  const runs = first?.probe.loads
    ? `--backend native-${first.probe.isGpu ? 'gpu' : 'cpu'} runs on TensorFlow ${first.probe.tensorflow}.`
    : 'native-cpu and native-gpu do not run here.';
  return remedies.length === 0 ? runs : `${runs} To do:`;
}
