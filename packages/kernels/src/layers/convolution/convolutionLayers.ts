/** Convolutions of degree 2 and higher. */
export const convolutionLayers = {} as const;
