import { testLayer } from '../../testing/layerSuite.js';
import { Siren, siren } from './siren.js';

testLayer(Siren, siren as never);
