/** Layers whose one half scales the other. */
export const gatedLayers = {} as const;
