/** Serves the built site with its production headers: http://localhost:4173 */
import { serveBuilt } from './serveBuilt.mjs';

const { origin } = await serveBuilt({ port: 4173 });
console.log(origin);
