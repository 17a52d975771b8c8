/** Milliseconds since some fixed moment, never falling. Injected, so that tests decide what time it is. */
export type Clock = () => number;

export const platformClock: Clock = () => performance.now();
