import { otherCase, smallCase } from '../../runner/testing/fakeWorld.js';
import { serveParent } from '../node/serveParent.js';
import { servedContenders } from './servedContenders.js';

serveParent(
  async () =>
    servedContenders(() => {
      process.stderr.write('FATAL ERROR: out of everything\n');
      process.exit(7);
    }),
  { registry: [smallCase, otherCase] },
);
