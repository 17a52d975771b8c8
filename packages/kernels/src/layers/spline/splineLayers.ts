/** Layers of learned functions on each edge. */
export const splineLayers = {} as const;
