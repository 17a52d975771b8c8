import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { PointCloud } from '../../drawing/paintPoints.js';
import { conicOf } from '../../engine/formula/conic.js';
import { describeConic } from '../describeFormula.js';
import { Surface } from '../Surface.js';
import { type SurfacePicture, signedLook } from '../surfacePicture.js';

export interface ConicViewProps {
  readonly title: string;
  /** f = xx·x1² + xy·x1·x2 + yy·x2² + x·x1 + y·x2 + one */
  readonly coefficients: Readonly<Record<'xx' | 'xy' | 'yy' | 'x' | 'y' | 'one', number>>;
  readonly cloud?: PointCloud;
}

const size = 48;

/** The conic f = 0 of a quadratic unit on the samples, with its name, centre and axes. */
export function ConicView({ title, coefficients, cloud }: ConicViewProps) {
  const picture = useMemo(() => signal<SurfacePicture | undefined>(undefined), []);
  const { xx, xy, yy, x, y, one } = coefficients;
  useEffect(() => {
    const place = (at: number) => -1 + (2 * at + 1) / size;
    const values = Float32Array.from({ length: size * size }, (_, at) => {
      const [x1, x2] = [place(at % size), -place(Math.floor(at / size))];
      return xx * x1 * x1 + xy * x1 * x2 + yy * x2 * x2 + x * x1 + y * x2 + one;
    });
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const { scale, contours } = signedLook(largest || 1);
    picture.value = {
      values,
      size,
      extent: 1,
      scale,
      contours: contours.filter(({ isBoundary }) => isBoundary),
      ...(cloud && { points: cloud }),
    };
  }, [picture, xx, xy, yy, x, y, one, cloud]);
  const conic = conicOf([
    { coefficient: xx, exponents: [2, 0] },
    { coefficient: xy, exponents: [1, 1] },
    { coefficient: yy, exponents: [0, 2] },
    { coefficient: x, exponents: [1, 0] },
    { coefficient: y, exponents: [0, 1] },
    { coefficient: one, exponents: [0, 0] },
  ]);
  return (
    <figure class="conic-view">
      <Surface name={`Conic of ${title} on the data`} picture={picture} hasTable={false} />
      <figcaption>{conic ? describeConic(conic) : 'no curve'}</figcaption>
    </figure>
  );
}
