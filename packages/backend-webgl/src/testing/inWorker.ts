const workerText = `
onmessage = async ({ data: { entry, name, values } }) => {
  try {
    const module = await import(entry);
    postMessage({ result: await module[name](...values) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};`;

/** Calls an export of this page's script inside a Web Worker, where a canvas can only be an OffscreenCanvas. */
export function inWorker(name: string, ...values: readonly unknown[]): Promise<unknown> {
  const url = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }));
  const worker = new Worker(url);
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<{ result: unknown; error?: string }>) => {
      worker.terminate();
      URL.revokeObjectURL(url);
      if (data.error === undefined) resolve(data.result);
      else reject(new Error(data.error));
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ entry: import.meta.url, name, values });
  });
}
