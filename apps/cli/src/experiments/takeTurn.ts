/** Lets the event loop turn, so that Ctrl-C and the progress bar get through between synchronous computations. */
export function takeTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
