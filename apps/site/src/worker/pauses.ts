/**
 * Waits that let messages in: a task of a message channel where there is nothing to wait for, since timers last 4 ms at
 * least, and a timer otherwise.
 */
export function createPauses(): (ms: number) => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (ms) =>
    new Promise((resolve) => {
      if (ms >= 1) {
        setTimeout(resolve, ms);
        return;
      }
      waiting.push(resolve);
      port2.postMessage(undefined);
    });
}
