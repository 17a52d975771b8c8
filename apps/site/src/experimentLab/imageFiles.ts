import {
  type Dataset,
  DatasetError,
  type IdxArray,
  parseIdx,
  parseLabelledImages,
  type Split,
  sliceSplit,
} from '@polyneuron/datasets';
import type { ImageSource } from '@polyneuron/experiments';
import type { ImageSetName } from './messages.js';

/** A file of the visitor's, by name and content. */
export interface ChosenFile {
  readonly name: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Share of the images that trains where there is one pair of files, as the directory loader has it. */
const trainShare = 0.8;

const classNames: { readonly [N in ImageSetName]: readonly string[] } = {
  mnist: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  'fashion-mnist': [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
};

/**
 * Images from IDX files, compressed or not, whatever their names: files of rank 3 are images and those of rank 1 labels;
 * images and labels of one count belong together, and the larger pair trains. A single pair is split in file order.
 *
 * Throws   DatasetError: MissingFiles, BadFile
 */
export function imageFiles(name: ImageSetName, files: readonly ChosenFile[]): ImageSource {
  let loaded: Promise<Dataset> | undefined;
  return {
    load: () => {
      loaded ??= loadFiles(name, files);
      return loaded;
    },
  };
}

interface ReadFile {
  readonly name: string;
  readonly array: IdxArray;
}

async function loadFiles(name: ImageSetName, files: readonly ChosenFile[]): Promise<Dataset> {
  const read = await Promise.all(files.map(readFile));
  const pairs = pairsOf(read).sort((a, b) => b.count - a.count);
  const [largest, second] = pairs;
  if (!largest) throw noPair(name, read);
  const [train, test] = second
    ? [largest, second]
    : [
        sliceSplit(largest, 0, Math.round(largest.count * trainShare)),
        sliceSplit(largest, Math.round(largest.count * trainShare)),
      ];
  const names = read.map((file) => file.name).join(', ');
  return {
    name,
    kind: 'classification',
    train,
    test,
    classNames: classNames[name],
    provenance: `chosen by the visitor: ${names}${second ? '' : `, split in file order ${train.count}/${test.count}`}`,
  };
}

async function readFile(file: ChosenFile): Promise<ReadFile> {
  const bytes = await decompress(new Uint8Array(await file.arrayBuffer()));
  return { name: file.name, array: parseIdx(bytes, { file: file.name }) };
}

/** The bytes, decompressed if they start like gzip. */
async function decompress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function pairsOf(read: readonly ReadFile[]): Split[] {
  const labels = read.filter(({ array }) => array.shape.length === 1);
  return read
    .filter(({ array }) => array.shape.length === 3)
    .flatMap((images) => {
      const own = labels.find(({ array }) => array.shape[0] === images.array.shape[0]);
      if (!own) return [];
      return [
        parseLabelledImages(images.array, own.array, {
          classes: 10,
          imageSize: [28, 28],
          imagesFile: images.name,
          labelsFile: own.name,
        }),
      ];
    });
}

function noPair(name: ImageSetName, read: readonly ReadFile[]): DatasetError {
  return new DatasetError({
    code: 'MissingFiles',
    subject: name,
    expected: 'images and labels of the same count, as IDX files',
    received:
      read.map(({ name: file, array }) => `${file} [${array.shape.join(', ')}]`).join('; ') || 'no file',
    fix: 'choose train-images-idx3-ubyte and train-labels-idx1-ubyte, and the t10k pair if you have it',
  });
}
