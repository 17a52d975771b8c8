import type { ClaimSheet } from './claim.js';
import { crossClaims } from './crossClaims.js';
import { liftClaims } from './liftClaims.js';
import { mlpClaims } from './mlpClaims.js';
import { quadAutoencoderClaims } from './quadAutoencoderClaims.js';
import { taylorClaims } from './taylorClaims.js';

/** What each experiment is held against, by its id. */
export const claimSheets: Readonly<Record<string, ClaimSheet>> = {
  'quad-autoencoder': quadAutoencoderClaims,
  cross: crossClaims,
  lift: liftClaims,
  taylor: taylorClaims,
  mlp: mlpClaims,
};
