/** The seed of weights that pages begin with. */
export const firstSeed = 1;
