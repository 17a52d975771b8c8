import { testLayer } from '../../testing/layerSuite.js';
import { KhatriRao, khatriRao } from './khatriRao.js';

testLayer(KhatriRao, khatriRao as never);
