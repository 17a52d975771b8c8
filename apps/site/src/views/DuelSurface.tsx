import { useRef } from 'preact/hooks';
import type { Contestant } from '../protocol/messages.js';
import type { DuelState } from './duelState.js';
import { Surface, type SurfaceProps } from './Surface.js';
import { useOnScreen } from './useOnScreen.js';

export interface DuelSurfaceProps
  extends Pick<SurfaceProps, 'onPick' | 'hasTable'>,
    Partial<Pick<SurfaceProps, 'picture'>> {
  readonly duel: DuelState;
  readonly contestant: Contestant;
  readonly name: string;
}

/** The surface of a contestant; computed only while it is on screen. */
export function DuelSurface({
  duel,
  contestant,
  picture = duel.pictures[contestant],
  ...props
}: DuelSurfaceProps) {
  const element = useRef<HTMLDivElement>(null);
  useOnScreen(element, duel.session, 'surface');
  return (
    <div ref={element}>
      <Surface {...props} picture={picture} probe={duel.probe} onProbe={(point) => duel.setProbe(point)} />
    </div>
  );
}
