import { type FamilyName, families, type LayerName, type LayerSpec, layers } from '@polyneuron/kernels';
import type { Page } from '../../shell/page.js';
import { LayerList } from './LayerList.js';
import { LayerPage } from './LayerPage.js';
import { unitDataOf } from './lab/unitDataOf.js';
import { layerDocument } from './layerDocument.js';
import { layerPath } from './layerPath.js';
import { playgroundLink } from './playgroundLink.js';

const names = (Object.keys(families) as FamilyName[]).flatMap(
  (family) => Object.keys(families[family]) as LayerName[],
);

/** The list of layers, then one page per layer. */
export const layerPages: readonly Page[] = [
  {
    path: '/layers/',
    title: 'Layers',
    description: 'Layers whose neurons multiply their inputs, each with its formula and a unit to play with.',
    entry: 'text',
    next: {
      path: layerPath('quadraticForm'),
      text: 'drag a coefficient of a quadratic unit and see its conic turn',
    },
    content: () => <LayerList />,
  },
  ...names.map(layerPage),
];

function layerPage(layer: LayerName, at: number): Page {
  const spec: LayerSpec = layers[layer];
  const playground = playgroundLink(layer);
  const following = names[(at + 1) % names.length];
  return {
    path: layerPath(layer),
    title: spec.title,
    description: `${spec.title}: formula, a live unit with its coefficients, gradient check, costs, starts and pitfalls.`,
    entry: 'layer',
    next: playground
      ? { path: playground, text: `watch ${spec.title.toLowerCase()} learn in the playground` }
      : { path: layerPath(following), text: layers[following].title },
    content: () => {
      const document = layerDocument(layer, spec.title);
      const unit = unitDataOf(layer, document.options);
      return (
        <LayerPage
          layer={layer}
          spec={spec}
          document={document}
          {...(unit && { unit })}
          {...(playground && { playground })}
        />
      );
    },
  };
}
