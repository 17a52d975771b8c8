import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { BackendWish, PointTable, Speed } from '../../protocol/messages.js';
import type { Session } from '../../session/session.js';
import type { ReadAddress } from '../../state/address.js';
import { type DrawnPoint, snapToLink } from '../../state/pointsText.js';
import type { Preset } from '../../state/presets.js';
import type { Settings } from '../../state/settings.js';
import { type SettingSpec, settingNames, settingsTable } from '../../state/settingsTable.js';
import { createDuelState, type DuelState } from '../../views/duelState.js';
import type { Point } from '../../views/Surface.js';
import { probabilityLook, type SurfacePicture } from '../../views/surfacePicture.js';

/** How the address is to be written after a change. */
export type ChangeKind = 'replace' | 'push' | 'none';

/** The playground's state: settings, points of the visitor, and what changes them. */
export class PlayState {
  readonly session: Session;
  readonly duel: DuelState;
  readonly #settings: Signal<Settings>;
  readonly settings: ReadonlySignal<Settings>;
  readonly points: Signal<PointTable | undefined>;
  /** Class of the next drawn point. */
  readonly drawnClass = signal<0 | 1>(1);
  readonly speed = signal<Speed>('max');
  readonly backend = signal<BackendWish>('auto');
  /** Says what the last change did to the run. */
  readonly remark = signal('');
  /** The square to draw points on, as long as they are too few to learn from. */
  readonly blank: ReadonlySignal<SurfacePicture | undefined>;
  readonly #onChange: (settings: Settings, kind: ChangeKind) => void;

  constructor(
    session: Session,
    { settings, points }: Pick<ReadAddress, 'settings' | 'points'>,
    onChange: (settings: Settings, kind: ChangeKind) => void,
  ) {
    this.session = session;
    this.duel = createDuelState(session);
    this.#settings = signal(settings);
    this.settings = this.#settings;
    this.points = signal(tableOf(points));
    this.#onChange = onChange;
    let isBlank = false;
    this.blank = computed(() => {
      const isStarting = session.phase.value === 'starting' && this.settings.value.dataset === 'drawn';
      // A failure is forgotten while the next point is tried: a blank surface stays until the worker takes the points
      isBlank = isStarting && (session.failure.value?.code === 'data' || isBlank);
      return isBlank ? blankPicture(this.points.value) : undefined;
    });
    effect(() => {
      const configured = session.configured.value;
      if (configured) this.#adopt(configured.settings);
    });
    this.rebuild();
  }

  /** Changes settings: those that are live act on the run, all others start it again from its seed. */
  change(patch: Partial<Settings>, isFromAddress = false): void {
    const before = this.#settings.peek();
    const next = { ...before, ...patch };
    const changed = settingNames.filter((name) => printed(name, next) !== printed(name, before));
    if (changed.length === 0) return;
    this.#settings.value = next;
    const makesHistory = changed.some((name) => settingsTable[name].makesHistory);
    if (!isFromAddress) this.#onChange(next, makesHistory ? 'push' : 'replace');
    if (changed.includes('dataset')) this.points.value = undefined;
    const rebuilding = changed.filter((name) => settingsTable[name].effect === 'rebuild');
    if (rebuilding.length > 0) {
      const titles = rebuilding.map((name) => settingsTable[name].title.toLowerCase()).join(', ');
      this.#rebuildAndGoOn();
      this.remark.value = `Started again from seed ${next.weightSeed}: ${titles} changed.`;
      return;
    }
    const live = changed.filter((name) => settingsTable[name].effect === 'live');
    if (live.length > 0) this.session.setLive(Object.fromEntries(live.map((name) => [name, next[name]])));
  }

  /** Takes what another address says, its points too. */
  obey({ settings, points }: Pick<ReadAddress, 'settings' | 'points'>): void {
    this.change(settings, true);
    if (points) this.usePoints(tableOf(points));
  }

  choosePreset({ settings, extent }: Preset): void {
    const { theme, panels, axis } = this.#settings.peek();
    this.#settings.value = { ...settings, theme, panels, axis };
    this.#onChange(this.#settings.value, 'push');
    this.showExtent(extent);
    this.rebuild();
    this.remark.value = '';
  }

  /** Points that the visitor drew or pasted. */
  usePoints(points: PointTable | undefined): void {
    this.points.value = points;
    this.#rebuildAndGoOn();
  }

  /** A point of the chosen class, where points are drawn: at a place that a link can hold, so that its run is the same. */
  draw([x1, x2]: Point): void {
    if (this.#settings.peek().dataset !== 'drawn') return;
    const points = this.points.peek()?.points ?? [];
    this.usePoints(tableOf([...points, [snapToLink(x1), snapToLink(x2), this.drawnClass.peek()]]));
  }

  showExtent(extent: number): void {
    this.duel.extent.value = extent;
    this.session.showExtent(extent);
  }

  toggle(): void {
    const { phase } = this.session;
    if (phase.peek() === 'running') this.session.pause();
    else this.session.start(this.speed.peek());
    this.remark.value = '';
  }

  step(): void {
    this.session.step();
    this.remark.value = '';
  }

  /** The same seed from its start. */
  reset(): void {
    this.rebuild();
    this.remark.value = `At the start of seed ${this.#settings.peek().weightSeed} again.`;
  }

  /** Once more after a divergence, with other settings. */
  retry(patch: Partial<Settings>): void {
    const { rate } = this.#settings.peek();
    this.change(patch);
    if (patch.rate !== undefined && patch.rate !== rate) this.rebuild();
    this.session.start(this.speed.peek());
  }

  /** The same seed with weights a third as large. */
  retryWithSmallerStart(): void {
    this.duel.probe.value = undefined;
    this.session.configure(this.#settings.peek(), this.points.peek(), 1 / 3);
    this.session.start(this.speed.peek());
    this.remark.value = 'Started again from the same seed with weights a third as large.';
  }

  newSeed(): void {
    this.change({ weightSeed: (this.#settings.peek().weightSeed + 1) % 2 ** 32 });
  }

  setSpeed(speed: Speed): void {
    this.speed.value = speed;
    this.session.setSpeed(speed);
  }

  setBackend(backend: BackendWish): void {
    this.backend.value = backend;
    this.session.useBackend(backend);
  }

  rebuild(): void {
    batch(() => {
      this.duel.probe.value = undefined;
      this.session.configure(this.#settings.peek(), this.points.peek());
    });
  }

  /** A model that was read brings its own network, which the settings follow. */
  #adopt(settings: Settings): void {
    const before = this.#settings.peek();
    if (printed('network', settings) === printed('network', before)) return;
    this.#settings.value = { ...before, network: settings.network };
    this.#onChange(this.#settings.peek(), 'push');
  }

  #rebuildAndGoOn(): void {
    const { isGoingOn } = this.session;
    this.rebuild();
    if (isGoingOn) this.session.start(this.speed.peek());
  }
}

function printed(name: keyof Settings, settings: Settings): string {
  return (settingsTable[name] as SettingSpec<unknown>).print(settings[name]);
}

function tableOf(points: readonly DrawnPoint[] | undefined): PointTable | undefined {
  return points && { isClassification: true, points };
}

/** Neutral everywhere, with the points so far. */
function blankPicture(table: PointTable | undefined): SurfacePicture {
  const points = table?.points ?? [];
  const size = 2;
  return {
    values: new Float32Array(size * size).fill(0.5),
    size,
    extent: 1,
    ...probabilityLook,
    contours: [],
    points: {
      positions: Float32Array.from(points.flatMap((point) => point.slice(0, 2))),
      classes: Uint8Array.from(points, ([, , y]) => (y >= 0.5 ? 1 : 0)),
      isTest: new Uint8Array(points.length),
    },
  };
}
