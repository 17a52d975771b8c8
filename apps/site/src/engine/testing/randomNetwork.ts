import fc from 'fast-check';
import {
  type ActivationLetter,
  activationLetters,
  type LayerKind,
  layerCountRange,
  layerKinds,
  type NetworkLayer,
  type OptionLetter,
  unitsRange,
} from '../../state/network.js';

const layer: fc.Arbitrary<NetworkLayer> = fc
  .constantFrom(...(Object.keys(layerKinds) as LayerKind[]))
  .chain((kind) => {
    const specs = Object.entries(layerKinds[kind].options);
    const options = fc.record(
      Object.fromEntries(specs.map(([letter, { min, max }]) => [letter, fc.integer({ min, max })])),
    ) as fc.Arbitrary<Partial<Record<OptionLetter, number>>>;
    return fc.record({
      kind: fc.constant(kind),
      units: layerKinds[kind].hasUnits ? fc.integer(unitsRange) : fc.constant(1),
      options,
      activation: fc.constantFrom(...(Object.keys(activationLetters) as ActivationLetter[])),
    });
  });

/** Any network of the playground. */
export const randomNetwork: fc.Arbitrary<readonly NetworkLayer[]> = fc.array(layer, {
  minLength: layerCountRange.min,
  maxLength: layerCountRange.max,
});
