export { jaxJsPeer } from './peers/jaxjs/jaxJsPeer.js';
export { onnxPeers } from './peers/onnx/onnxPeers.js';
export type { PythonOptions } from './peers/python/pythonContender.js';
export { pythonContenders } from './peers/python/pythonContenders.js';
export {
  type ChromiumHost,
  type ChromiumOptions,
  chromiumHost,
} from './remote/chromium/chromiumHost.js';
export { browserVariable, findBrowser } from './remote/chromium/findBrowser.js';
export { softwareFlags } from './remote/chromium/flags.js';
export { type Site, serve } from './remote/chromium/serve.js';
export { nodeTransport } from './remote/node/nodeTransport.js';
export { type RemoteOptions, remoteContender } from './remote/remoteContender.js';
export type { StartTransport, Transport, TransportEvents } from './remote/remoteProcess.js';
