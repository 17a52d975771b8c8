export { ContextLostError } from './device/contextLostError.js';
export type { WebglExecutable } from './executable.js';
export {
  createWebglBackend,
  type WebglBackend,
  type WebglBackendOptions,
  webglEntry,
} from './webglBackend.js';
