import type { LayerName } from '@polyneuron/kernels';
import katex from 'katex';
import { latexOf } from './formulas.js';

/** The formula as MathML, typeset when the page is built; and as the record writes it. */
export function LayerFormula({ layer, plain }: { readonly layer: LayerName; readonly plain: string }) {
  const { lines, macros } = latexOf(layer);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: -- a region that scrolls must be reachable by keyboard */}
      <div class="formula scroll" tabIndex={0} role="region" aria-label="Formula">
        {lines.map((line) => (
          <p
            key={line}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: -- MathML that katex makes of our own table
            dangerouslySetInnerHTML={{
              __html: katex.renderToString(line, { output: 'mathml', displayMode: true, strict: 'error', macros: { ...macros } }),
            }}
          />
        ))}
      </div>
      <details class="plain-formula">
        <summary>As text, every variant</summary>
        <pre tabIndex={0}>{plain}</pre>
      </details>
    </>
  );
}
