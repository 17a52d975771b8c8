/** The wrappers of the companion family. */
export const companionClasses = [] as const;
