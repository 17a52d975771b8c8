export type { PythonOptions } from './peers/python/pythonContender.js';
export { pythonContenders } from './peers/python/pythonContenders.js';
