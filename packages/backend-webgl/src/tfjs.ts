export { createWebglBackend } from './webglBackend.js';
