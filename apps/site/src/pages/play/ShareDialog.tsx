import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { networkCode } from '../../engine/model/networkCode.js';
import { CodeBlock } from '../../shell/CodeBlock.js';
import { printAddress, printAddressWithPoints } from '../../state/address.js';
import { mostLinkedPoints } from '../../state/pointsText.js';
import type { PanelKey } from '../../state/settings.js';
import { download } from './download.js';
import { ModelTransfer } from './ModelTransfer.js';
import { picturePng } from './picturePng.js';
import type { PlayState } from './playState.js';
import { runRecord } from './runRecord.js';

/** Link, picture, record, code, embedding and model files of the run as it is. */
export function ShareDialog({
  play,
  isOpen,
}: {
  readonly play: PlayState;
  readonly isOpen: Signal<boolean>;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen.value && !dialog.current?.open) dialog.current?.showModal();
  }, [isOpen.value]);
  return (
    <dialog
      ref={dialog}
      class="share"
      aria-labelledby="share-title"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      {isOpen.value && (
        <>
          <header>
            <h2 id="share-title">Share this duel</h2>
            <button type="button" onClick={() => dialog.current?.close()}>
              Close
            </button>
          </header>
          <ShareParts play={play} />
        </>
      )}
    </dialog>
  );
}

function ShareParts({ play }: { readonly play: PlayState }) {
  const settings = play.settings.value;
  const hasPoints = useSignal(false);
  const hash = hasPoints.value
    ? printAddressWithPoints(settings, play.points.value?.points ?? [])
    : printAddress(settings);
  const link = `${location.origin}/play/${hash === '' ? '' : `#${hash}`}`;
  const code = networkCode(settings, play.points.value?.isClassification ?? true);
  const problem = useSignal('');
  return (
    <>
      <Part title="Link" text={link}>
        <input
          readOnly
          aria-label="Link to these settings"
          value={link}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <OwnPoints play={play} isInLink={hasPoints} />
      </Part>
      <section>
        <h3>Files</h3>
        <p class="buttons">
          <button
            type="button"
            onClick={() =>
              picturePng(play, link).then(
                (png) => download('polyneuron.png', [png], 'image/png'),
                (error: Error) => {
                  problem.value = error.message;
                },
              )
            }
          >
            Picture (PNG)
          </button>
          <button
            type="button"
            onClick={() =>
              download(
                'polyneuron-run.json',
                [JSON.stringify(runRecord(play, link), null, 2)],
                'application/json',
              )
            }
          >
            Record (JSON)
          </button>
        </p>
        <p role="status">{problem.value}</p>
      </section>
      <ModelTransfer play={play} />
      <Part title="TensorFlow.js code of our network" text={code}>
        <CodeBlock text={code} />
      </Part>
      <Embed play={play} />
    </>
  );
}

/** Points of the visitor go into a link on request only. */
function OwnPoints({ play, isInLink }: { readonly play: PlayState; readonly isInLink: Signal<boolean> }) {
  const { dataset } = play.settings.value;
  const count = play.points.value?.points.length ?? 0;
  if (dataset === 'drawn' && count > 0 && count <= mostLinkedPoints)
    return (
      <label class="check">
        <input
          type="checkbox"
          checked={isInLink.value}
          onChange={({ currentTarget }) => {
            isInLink.value = currentTarget.checked;
          }}
        />
        with the {count} drawn points
      </label>
    );
  if (dataset === 'drawn' && count > mostLinkedPoints)
    return (
      <p class="hint">
        A link holds {mostLinkedPoints} points, and these are {count}: the JSON record has them all.
      </p>
    );
  if (dataset === 'csv')
    return <p class="hint">The link holds the settings; your rows stay here. The JSON record has them.</p>;
  return null;
}

const panelTitles: { readonly [K in PanelKey]: string } = {
  weights: 'weights',
  residuals: 'residuals',
  units: 'units',
};

/** An iframe that shows the duel with the chosen panels. */
function Embed({ play }: { readonly play: PlayState }) {
  const chosen = useSignal<readonly PanelKey[]>(['weights']);
  const hash = printAddress({
    ...play.settings.value,
    embed: chosen.value,
    panels: chosen.value.slice(0, 1),
  });
  const code = `<iframe src="${location.origin}/play/#${hash}" width="760" height="640" title="Polyneuron playground"></iframe>`;
  return (
    <Part title="Embed" text={code}>
      <fieldset class="embed-panels">
        <legend>Panels</legend>
        {(Object.keys(panelTitles) as PanelKey[]).map((key) => (
          <label key={key} class="check">
            <input
              type="checkbox"
              checked={chosen.value.includes(key)}
              onChange={({ currentTarget }) => {
                chosen.value = currentTarget.checked
                  ? [...chosen.value, key]
                  : chosen.value.filter((one) => one !== key);
              }}
            />
            {panelTitles[key]}
          </label>
        ))}
      </fieldset>
      <pre>{code}</pre>
    </Part>
  );
}

interface PartProps {
  readonly title: string;
  /** What Copy copies. */
  readonly text: string;
  readonly children: ComponentChildren;
}

function Part({ title, text, children }: PartProps) {
  const answer = useSignal('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      answer.value = 'Copied.';
    } catch {
      answer.value = 'This browser does not let the page copy: select the text instead.';
    }
  };
  return (
    <section>
      <h3>
        {title}
        <button type="button" onClick={() => void copy()}>
          Copy<span class="visually-hidden"> {title}</span>
        </button>
      </h3>
      {children}
      <p role="status">{answer.value}</p>
    </section>
  );
}
