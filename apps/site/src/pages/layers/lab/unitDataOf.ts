import { families, type LayerName, type LayerSpec, layers } from '@polyneuron/kernels';
import { firstSeed } from '../../../layerLab/firstSeed.js';
import { labSubject } from '../../../layerLab/labSubjects.js';
import { planUnit } from '../../../layerLab/layerUnit.js';
import { optionControls } from './optionControls.js';
import type { UnitData } from './unitData.js';

/** Layers of tfjs whose method has another name than our record. */
const tfjsNames: Readonly<Partial<Record<LayerName, string>>> = { leakyRelu: 'leakyReLU' };

/** The unit that a layer's page begins with; undefined where it has none. */
export function unitDataOf(layer: LayerName, optionsTable: string): UnitData | undefined {
  const subject = labSubject(layer);
  if (!subject) return undefined;
  const spec: LayerSpec = layers[layer];
  const isStock = layer in families.stock && layer !== 'affine';
  return {
    layer,
    title: spec.title,
    config: subject.config,
    defaults: plainDefaults(spec),
    options: optionControls(spec, subject.config, optionsTable),
    inputShapes: subject.inputShapes,
    unit: planUnit(subject, firstSeed).description,
    factory: isStock ? `layers.${tfjsNames[layer] ?? layer}` : layer,
    module: isStock ? '@tensorflow/tfjs-layers' : '@polyneuron/layers',
  };
}

/** Those that a form control can hold. */
function plainDefaults(spec: LayerSpec): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(spec.defaults).filter(([, value]) => value === null || typeof value !== 'object'),
  );
}
