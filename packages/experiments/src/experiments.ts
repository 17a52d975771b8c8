import { crossExperiment } from './cross.js';
import type { ExperimentSpec } from './experimentSpec.js';
import { liftExperiment } from './lift.js';
import { mlpExperiment } from './mlp.js';
import { quadAutoencoderExperiment } from './quadAutoencoder.js';
import { taylorExperiment } from './taylor.js';

/** The experiments of the seed documents, in the documents' order. */
export const experiments: Readonly<Record<string, ExperimentSpec>> = {
  'quad-autoencoder': quadAutoencoderExperiment,
  cross: crossExperiment,
  lift: liftExperiment,
  taylor: taylorExperiment,
  mlp: mlpExperiment,
};
