/** Layers that higher-order layers need beside them, or are compared with. */
export const companionLayers = {} as const;
