import { otherCase, smallCase } from '../../runner/testing/fakeWorld.js';
import { serveWorker } from '../chromium/serveWorker.js';
import { servedContenders } from './servedContenders.js';

serveWorker(async () => servedContenders(() => {}), { registry: [smallCase, otherCase] });
