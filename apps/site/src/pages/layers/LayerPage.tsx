import type { LayerName, LayerSpec } from '@polyneuron/kernels';
import { CodeBlock } from '../../shell/CodeBlock.js';
import { LayerDepths } from './LayerDepths.js';
import { LayerFormula } from './LayerFormula.js';
import { UnitLab } from './lab/UnitLab.js';
import { type UnitData, unitDataId, unitRootId, writeUnitData } from './lab/unitData.js';
import { UnitState } from './lab/unitState.js';
import type { LayerDocument } from './layerDocument.js';
import { renderInline, renderMarkdown } from './renderMarkdown.js';

export interface LayerPageProps {
  readonly layer: LayerName;
  readonly spec: LayerSpec;
  readonly document: LayerDocument;
  /** Where two numbers are an input for the layer. */
  readonly unit?: UnitData;
  readonly playground?: string;
}

/** All about one layer. */
export function LayerPage({ layer, spec, document, unit, playground }: LayerPageProps) {
  const { introduction, facts, shapes, options, figure, pitfalls, example, sources, variants } = document;
  return (
    <>
      <p class="breadcrumb">
        <a href="/layers/">All layers</a>
      </p>
      <h1>
        {spec.title} <code>{layer}</code>
      </h1>
      <Prose text={introduction} />
      <h2>Formula</h2>
      <LayerFormula layer={layer} plain={spec.formula} />
      {unit && <LiveUnit data={unit} />}
      {playground && (
        <p>
          <a href={playground}>Open in the playground</a>, and let it learn beside a dense net of the same
          size.
        </p>
      )}
      <h2>Facts</h2>
      <Prose text={facts} />
      {figure && (
        <figure class="layer-figure">
          <img src={figure.url} alt="" />
          <figcaption dangerouslySetInnerHTML={{ __html: renderInline(figure.caption) }} />
        </figure>
      )}
      {variants && (
        <>
          <h2>Variants</h2>
          <Prose text={variants} />
        </>
      )}
      <LayerDepths layer={layer} />
      {pitfalls && (
        <>
          <h2>When not to use it, and pitfalls</h2>
          <Prose text={pitfalls} />
        </>
      )}
      <h2>Shapes</h2>
      <Prose text={shapes} />
      <h2>Options and defaults</h2>
      <Prose text={options} />
      {example && (
        <>
          <h2>Example</h2>
          <p>Every line with =&gt; was printed by the test of this page.</p>
          <CodeBlock text={example} />
        </>
      )}
      <h2>Source</h2>
      <Prose text={sources ?? spec.source} />
    </>
  );
}

/** As it begins; the script takes it from there. */
function LiveUnit({ data }: { readonly data: UnitData }) {
  return (
    <section aria-labelledby="live">
      <h2 id="live">One unit, live</h2>
      <div id={unitRootId} class="unit">
        <UnitLab state={new UnitState(data)} />
      </div>
      <script
        id={unitDataId}
        type="application/json"
        dangerouslySetInnerHTML={{ __html: writeUnitData(data) }}
      />
    </section>
  );
}

function Prose({ text }: { readonly text: string }) {
  return <div class="prose" dangerouslySetInnerHTML={{ __html: renderMarkdown(text) }} />;
}
