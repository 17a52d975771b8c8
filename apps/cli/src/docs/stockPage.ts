/** @file docs/layers/stock.md: the layers of tfjs that have a record, so that whole models of them compile. */
import { families, type LayerSpec } from '@polyneuron/kernels';
import { degreesOf, degreeText } from './degrees.js';
import { code, prose } from './markdown.js';
import { optionsTable } from './recordBlock.js';
import type { SourceDocs } from './sourceDocs.js';

/** One section for each stock layer without a page of its own. */
export function stockPage(docs: SourceDocs, pages: ReadonlySet<string>): string {
  const specs = Object.values<LayerSpec>(families.stock).filter(({ name }) => !pages.has(name));
  const sections = specs.map((spec) => {
    const doc = docs[spec.name];
    return [
      `## ${spec.title}`,
      `\`\`\`text\n${spec.formula}\n\`\`\``,
      [
        `- **Record**: ${code(spec.name)}`,
        `- **Degree**: ${degreeText(degreesOf(spec)[0].degree)}`,
        `- **Parameters**: ${prose(spec.parameterFormula)}`,
        ...(doc.sections.Shapes ? [`- **Shapes**: ${prose(doc.sections.Shapes)}`] : []),
      ].join('\n'),
      optionsTable(spec, doc),
    ].join('\n\n');
  });
  return `${[
    '# Stock layers',
    '<!-- Written by `npm run docs` from the records: edit those. -->',
    'Layers of TensorFlow.js that Polyneuron has a record of too: a model may mix them with the layers of this package, and trains on every backend. Take the classes of `@tensorflow/tfjs-layers`; they keep their meaning and their defaults.',
    ...sections,
  ].join('\n\n')}\n`;
}
