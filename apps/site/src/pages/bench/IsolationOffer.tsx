import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { addIsolation, type Isolation, isolationHere, removeIsolation } from '../../benchLab/isolation.js';

interface Offer {
  readonly text: string;
  readonly button?: { readonly title: string; readonly act: () => Promise<void> };
}

const remove = { title: 'Switch threads off', act: removeIsolation };

const offers: { readonly [K in Isolation]: Offer | undefined } = {
  given: undefined,
  impossible: undefined,
  offered: {
    text: 'Threads are off: this host does not send the headers of cross-origin isolation. A small service worker of this site can add them in your browser, until you switch it off.',
    button: { title: 'Enable threads, reloads once', act: addIsolation },
  },
  added: { text: 'Threads are on by a service worker in your browser.', button: remove },
  refused: {
    text: 'Threads stay off: this browser did not take the headers that the service worker adds (a reload past the cache leaves it out).',
    button: remove,
  },
};

/** Threads where the host cannot switch them on, by a click. */
export function IsolationOffer() {
  const isolation = useSignal<Isolation>('given');
  const problem = useSignal('');
  useEffect(() => {
    void isolationHere().then((found) => {
      isolation.value = found;
    });
  }, [isolation]);
  const offer = offers[isolation.value];
  if (!offer) return null;
  const { text, button } = offer;
  return (
    <div class="bench-isolation">
      <p>{text}</p>
      {button && (
        <button
          type="button"
          onClick={() =>
            button.act().catch((error: Error) => {
              problem.value = `That did not work: ${error.message}`;
            })
          }
        >
          {button.title}
        </button>
      )}
      <p role="status">{problem.value}</p>
    </div>
  );
}
