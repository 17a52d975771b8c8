/**
 * What a thread runs, as text: it is evaluated in Node's worker_threads and in Web Workers alike, without a file that
 * bundlers would have to find. A site whose policy forbids blobs serves it as a file: option `threadUrl`. It keeps instances by number and answers each scan when its part is done.
 */
export const workerSource = `(() => {
  const isNode = typeof self === 'undefined' || typeof self.postMessage !== 'function';
  const port = isNode ? require('node:worker_threads').parentPort : self;
  const instances = new Map();
  const receive = ({ kind, id, module, memory, thread, threads, job, numbers }) => {
    if (kind === 'drop') instances.delete(id);
    else if (kind === 'load')
      instances.set(id, new WebAssembly.Instance(module, { env: { memory, thread, threads } }).exports);
    else {
      try {
        instances.get(id).scan(...numbers);
        port.postMessage({ job });
      } catch (error) {
        port.postMessage({ job, message: String(error), isTrap: error instanceof WebAssembly.RuntimeError });
      }
    }
  };
  if (isNode) port.on('message', receive);
  else port.onmessage = (event) => receive(event.data);
})();`;
