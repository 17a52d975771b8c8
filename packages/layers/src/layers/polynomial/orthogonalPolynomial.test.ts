import { testLayer } from '../../testing/layerSuite.js';
import { OrthogonalPolynomial, orthogonalPolynomial } from './orthogonalPolynomial.js';

testLayer(OrthogonalPolynomial, orthogonalPolynomial as never);
