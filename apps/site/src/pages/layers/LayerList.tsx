import { type FamilyName, families, type LayerName, type LayerSpec } from '@polyneuron/kernels';
import { degreeText } from './degreeText.js';
import { familyTitles } from './families.js';
import { firstSentence } from './firstSentence.js';
import { layerDocument } from './layerDocument.js';
import { layerPath } from './layerPath.js';
import { renderInline } from './renderMarkdown.js';

/** Every layer of every family, a card each; the script adds a filter above. */
export function LayerList() {
  const names = Object.keys(families) as FamilyName[];
  const count = names.reduce((sum, family) => sum + Object.keys(families[family]).length, 0);
  return (
    <>
      <h1>Layers</h1>
      <p>
        {count} layers, most of whose neurons multiply their inputs. Each page has the formula, a unit to play
        with, its gradient checked on the spot, costs, pitfalls and code.
      </p>
      <div id="layer-filter" />
      <nav aria-label="Families">
        <ul class="family-links">
          {names.map((family) => (
            <li key={family}>
              <a href={`#${family}`}>{familyTitles[family].title}</a>
            </li>
          ))}
        </ul>
      </nav>
      {names.map((family) => (
        <section key={family} class="family" id={family} aria-labelledby={`${family}-title`}>
          <h2 id={`${family}-title`}>{familyTitles[family].title}</h2>
          <p>{familyTitles[family].text}</p>
          <ul class="layer-cards">
            {Object.entries(families[family]).map(([name, spec]) => (
              <LayerCard key={name} name={name as LayerName} spec={spec as LayerSpec} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function LayerCard({ name, spec }: { readonly name: LayerName; readonly spec: LayerSpec }) {
  const { introduction } = layerDocument(name, spec.title);
  const isStock = name in families.stock && name !== 'affine';
  return (
    <li class="layer-card">
      <h3>
        <a href={layerPath(name)}>{spec.title}</a> <code>{name}</code>
      </h3>
      {!isStock && <p dangerouslySetInnerHTML={{ __html: renderInline(firstSentence(introduction)) }} />}
      <dl>
        <div>
          <dt>Degree</dt>
          <dd>{degreeText(spec)}</dd>
        </div>
        <div>
          <dt>Parameters</dt>
          <dd>{spec.parameterFormula}</dd>
        </div>
        <div>
          <dt>Source</dt>
          <dd>{spec.source}</dd>
        </div>
      </dl>
    </li>
  );
}
