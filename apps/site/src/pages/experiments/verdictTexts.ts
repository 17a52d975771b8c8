import type { ClaimVerdict, ExperimentVerdict } from '@polyneuron/experiments';

/** A sign beside the words: nothing is said by colour alone. */
export const claimVerdictTexts: { readonly [V in ClaimVerdict]: string } = {
  reproduced: '✓ reproduced',
  partly: '◐ partly: some seeds meet it, their mean does not',
  not: '✗ not reproduced',
  'not comparable': '– not judged: these are other images',
};

export const experimentVerdictTexts: { readonly [V in ExperimentVerdict]: string } = {
  reproduced: '✓ Reproduced: every claim that could be judged holds',
  partly: '◐ Partly reproduced: not every claim holds',
  not: '✗ Not reproduced: no claim holds',
  'nothing to judge': '– Nothing to judge: the document has no figure for this',
};
