/** Lets the event loop turn, so that messages, Ctrl-C and progress get through between synchronous computations. */
export function takeTurn(): Promise<void> {
  return new Promise((resolve) => nextTask(resolve));
}

/** A task of the event loop, as soon as may be: timers of browsers wait 4 ms. */
function nextTask(run: () => void): void {
  if (typeof setImmediate === 'function') {
    setImmediate(run);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    run();
  };
  port2.postMessage(undefined);
}
