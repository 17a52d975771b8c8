/** The wrappers of the gated family. */
export const gatedClasses = [] as const;
