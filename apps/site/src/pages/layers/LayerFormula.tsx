import type { LayerName } from '@polyneuron/kernels';
import katex from 'katex';
import { CodeBlock } from '../../shell/CodeBlock.js';
import { ScrollRegion } from '../../shell/ScrollRegion.js';
import { latexOf } from './formulas.js';

/** The formula as MathML, typeset when the page is built; and as the record writes it. */
export function LayerFormula({ layer, plain }: { readonly layer: LayerName; readonly plain: string }) {
  const { lines, macros } = latexOf(layer);
  return (
    <>
      <ScrollRegion label="Formula">
        {lines.map((line) => (
          <p
            key={line}
            class="layer-formula"
            dangerouslySetInnerHTML={{
              __html: katex.renderToString(line, {
                output: 'mathml',
                displayMode: true,
                strict: 'error',
                macros: { ...macros },
              }),
            }}
          />
        ))}
      </ScrollRegion>
      <details class="plain-formula">
        <summary>As text, every variant</summary>
        <CodeBlock text={plain} />
      </details>
    </>
  );
}
