export { jaxJsPeer } from './peers/jaxjs/jaxJsPeer.js';
export type { PythonOptions } from './peers/python/pythonContender.js';
export { pythonContenders } from './peers/python/pythonContenders.js';
