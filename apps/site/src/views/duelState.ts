import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { PointCloud } from '../drawing/paintPoints.js';
import type { Formula, Frame, Score } from '../protocol/messages.js';
import type { Session } from '../session/session.js';
import { cloudOf, pictureOf } from './duelPictures.js';
import type { Point } from './Surface.js';
import type { SurfacePicture } from './surfacePicture.js';

/** What the views of a duel read, derived from a session's frames. */
export interface DuelState {
  readonly session: Session;
  readonly cloud: ReadonlySignal<PointCloud | undefined>;
  readonly pictures: readonly [
    ReadonlySignal<SurfacePicture | undefined>,
    ReadonlySignal<SurfacePicture | undefined>,
  ];
  readonly scores: ReadonlySignal<readonly [Score, Score] | undefined>;
  /** The latest that came: not every frame has one. */
  readonly formula: ReadonlySignal<Formula | undefined>;
  /** Point under the pointer or the keyboard's probe, shared by both surfaces. */
  readonly probe: Signal<Point | undefined>;
  /** Half the side of the shown square. */
  readonly extent: Signal<number>;
  setProbe(point: Point | undefined): void;
}

export function createDuelState(session: Session): DuelState {
  const probe = signal<Point | undefined>(undefined);
  const extent = signal(1);
  const cloud = computed(() => session.configured.value && cloudOf(session.configured.value.problem));
  const picture = (contestant: 0 | 1) => {
    let last: SurfacePicture | undefined;
    return computed(() => {
      const { value: frame } = session.frame;
      const { value: configured } = session.configured;
      if (!frame || !configured || !cloud.value || frame.run !== configured.run) return last;
      const next = pictureOf(frame, configured, cloud.value, contestant, extent.value);
      if (next) last = next;
      return last;
    });
  };
  return {
    session,
    cloud,
    pictures: [picture(0), picture(1)],
    scores: computed(() => session.frame.value?.scores),
    formula: latestOf(session, ({ formula }) => formula),
    probe,
    extent,
    setProbe(point) {
      probe.value = point;
      if (point) session.probe(point);
    },
  };
}

/** A part of the frames that not every frame has; it is forgotten with its run. */
function latestOf<T>(session: Session, read: (frame: Frame) => T | undefined): ReadonlySignal<T | undefined> {
  let last: { readonly run: number; readonly value: T } | undefined;
  return computed(() => {
    const { value: frame } = session.frame;
    if (!frame) return undefined;
    const value = read(frame);
    if (value !== undefined) last = { run: frame.run, value };
    return last?.run === frame.run ? last.value : undefined;
  });
}
