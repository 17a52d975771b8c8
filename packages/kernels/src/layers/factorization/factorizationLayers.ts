/** Layers on fields of embeddings [..., F, D]. */
export const factorizationLayers = {} as const;
