export { DatasetError, type DatasetErrorCode, type DatasetErrorFields } from './errors.js';
export { type Cifar10Batch, cifar10ClassNames, parseCifar10 } from './formats/cifar10.js';
export { type IdxArray, type IdxData, type IdxType, parseIdx } from './formats/idx.js';
export { parseLabelledImages } from './formats/labelledImages.js';
export type { ClickField, PlantedCross } from './generators/clickModel.js';
export { type ClickThrough, type ClickThroughConfig, clickThrough } from './generators/clickThrough.js';
export { type CrossPolynomialConfig, crossPolynomial } from './generators/crossPolynomial.js';
export { type FriedmanConfig, friedman } from './generators/friedman.js';
export { glyphNames } from './generators/glyphShapes.js';
export {
  type LiftPolynomialConfig,
  type LiftPolynomialOptions,
  liftPolynomial,
} from './generators/liftPolynomial.js';
export { type LogicGateConfig, type LogicGateName, logicGate } from './generators/logicGate.js';
export { type ParityConfig, parity } from './generators/parity.js';
export {
  type Monomial,
  type PolynomialSurface,
  type PolynomialSurfaceConfig,
  polynomialSurface,
} from './generators/polynomialSurface.js';
export { type SyntheticGlyphsConfig, syntheticGlyphs } from './generators/syntheticGlyphs.js';
export { type TwoSpiralsConfig, twoSpirals } from './generators/twoSpirals.js';
export type { OptionRule, OptionValue, SampleConfig } from './options.js';
export { createRandom, type Random } from './random/random.js';
export { generatedDatasets as datasets } from './registry/datasets.js';
export { type GeneratedDatasetName as DatasetName, loadDataset } from './registry/loadDataset.js';
export type { DatasetRegistry, OptionsOf } from './registry/loadFrom.js';
export { sliceSplit } from './split.js';
export type {
  ClassificationSplit,
  Dataset,
  DatasetConfig,
  DatasetKind,
  DatasetSpec,
  LoadedSplits,
  RegressionSplit,
  Split,
  Targets,
} from './types.js';
