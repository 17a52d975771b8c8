import { useSignal } from '@preact/signals';
import type { Contestant } from '../../protocol/messages.js';
import { download } from './download.js';
import type { PlayState } from './playState.js';

/** The trained networks as files that tf.loadLayersModel reads, and back. */
export function ModelTransfer({ play }: { readonly play: PlayState }) {
  const answer = useSignal('');
  const save = async (contestant: Contestant) => {
    const { topology, weights } = await play.session.exportModel(contestant);
    download('model.json', [topology], 'application/json');
    const name = weightsFileOf(topology);
    download(name, [weights as Uint8Array<ArrayBuffer>], 'application/octet-stream');
    answer.value = `model.json and ${name} saved: keep them in one folder.`;
  };
  const load = async (files: readonly File[]) => {
    const topology = files.find(({ name }) => name.endsWith('.json'));
    const weights = files.find(({ name }) => name.endsWith('.bin'));
    if (!topology || !weights) {
      answer.value = 'Choose two files together: model.json and its weights (.bin).';
      return;
    }
    play.session.importModel({
      topology: await topology.text(),
      weights: new Uint8Array(await weights.arrayBuffer()),
    });
    answer.value = 'Read: our network is now that model.';
  };
  return (
    <section>
      <h3>Model files of TensorFlow.js</h3>
      <p class="buttons">
        <button type="button" onClick={() => void save(0)}>
          Save ours
        </button>
        <button type="button" onClick={() => void save(1)}>
          Save the rival
        </button>
      </p>
      <label class="file">
        Load ours from model.json and its .bin file{' '}
        <input
          type="file"
          multiple
          accept=".json,.bin"
          onChange={({ currentTarget }) => void load([...(currentTarget.files ?? [])])}
        />
      </label>
      <p role="status">{answer.value}</p>
    </section>
  );
}

/** The name under which model.json looks for its weights. */
function weightsFileOf(topology: string): string {
  const { weightsManifest } = JSON.parse(topology) as {
    readonly weightsManifest: readonly { readonly paths: readonly string[] }[];
  };
  return weightsManifest[0].paths[0];
}
