import { it } from 'vitest';
import { publishAll, startRegistry } from './registry.js';
it('x', async () => { const t=Date.now(); const r = await startRegistry('/tmp/verd'); console.log(r.url, Date.now()-t);
try { console.log(await publishAll(r)); } catch(e) {console.log(String(e).slice(0,3000));} console.log(Date.now()-t); await r.close(); });
