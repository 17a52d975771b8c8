/** The wrappers of the convolution family. */
export const convolutionClasses = [] as const;
