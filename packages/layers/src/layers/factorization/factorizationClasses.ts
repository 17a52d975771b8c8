/** The wrappers of the factorization family. */
export const factorizationClasses = [] as const;
