/** The wrappers of the spline family. */
export const splineClasses = [] as const;
