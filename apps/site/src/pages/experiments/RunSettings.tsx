import { type Signal, useSignal } from '@preact/signals';
import type { ExperimentPlan, ImageSetName } from '../../experimentLab/messages.js';

export type Settings = Omit<ExperimentPlan, 'id'>;

export const firstSettings: Settings = { seeds: 5, isFull: false };

const seedCounts = { min: 1, max: 20 } as const;

const imageSets: { readonly [N in ImageSetName]: string } = {
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
};

/** How all cards run. */
export function RunSettings({ settings }: { readonly settings: Signal<Settings> }) {
  const { seeds, isFull, images } = settings.value;
  const name = useSignal<ImageSetName>('mnist');
  const change = (part: Partial<Settings>) => {
    settings.value = { ...settings.value, ...part };
  };
  const choose = (files: readonly File[]) => {
    const { images: _, ...others } = settings.value;
    settings.value = files.length > 0 ? { ...others, images: { name: name.value, files } } : others;
  };
  return (
    <form class="run-settings" onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend>How all of them run</legend>
        <label>
          Seeds
          <input
            type="number"
            min={seedCounts.min}
            max={seedCounts.max}
            step={1}
            value={seeds}
            onChange={({ currentTarget }) => {
              const wanted = Math.round(currentTarget.valueAsNumber) || firstSettings.seeds;
              const within = Math.min(seedCounts.max, Math.max(seedCounts.min, wanted));
              currentTarget.value = String(within);
              change({ seeds: within });
            }}
          />
        </label>
        <label class="choice">
          <input type="checkbox" checked={isFull} onChange={() => change({ isFull: !isFull })} />
          <span>
            Sizes of the documents <small>hours instead of minutes for the image experiments</small>
          </span>
        </label>
        <label>
          Image files of your own
          <input
            type="file"
            multiple
            onChange={({ currentTarget }) => choose([...(currentTarget.files ?? [])])}
          />
        </label>
        <label>
          These files are
          <select
            value={name.value}
            onChange={({ currentTarget }) => {
              name.value = currentTarget.value as ImageSetName;
              if (images) change({ images: { ...images, name: name.value } });
            }}
          >
            {Object.entries(imageSets).map(([key, title]) => (
              <option key={key} value={key}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <p class="muted">
          {images
            ? `${images.files.length} ${images.files.length === 1 ? 'file' : 'files'} chosen; they are read here and sent nowhere.`
            : 'IDX files (train-images-idx3-ubyte and so on, .gz or not) stay in this browser. Without them images are glyphs drawn by a program.'}
        </p>
      </fieldset>
    </form>
  );
}
