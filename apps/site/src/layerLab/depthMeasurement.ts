/** How often and how deep a page measures: three seeds of 128 samples tell a factor of two, in a second or two. */
export const depthMeasurement = { depth: 8, seeds: [1, 2, 3], samples: 128 } as const;
