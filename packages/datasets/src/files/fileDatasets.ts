import { cifar10ClassNames } from '../formats/cifar10.js';
import type { OptionRule } from '../options.js';
import type { DatasetSpec } from '../types.js';
import { datasetDirectory } from './cacheDirectory.js';
import { readCifar10Directory } from './cifar10Directory.js';
import { readImageDirectory } from './imageDirectory.js';

/** `directory` is empty by default: the cache, where `downloadDataset` puts the files. */
export type FileDatasetConfig = { directory: string };

const directoryOptions = {
  directory: { kind: 'text', about: 'directory of the files, empty for the cache' },
} as const satisfies Record<string, OptionRule>;

const mnistSpec: DatasetSpec<FileDatasetConfig> = {
  name: 'mnist',
  title: 'MNIST',
  description: 'handwritten digits, 28 × 28 grey, 60,000 for training and 10,000 for the test',
  source: 'LeCun, Bottou, Bengio and Haffner 1998, Gradient-Based Learning Applied to Document Recognition',
  kind: 'classification',
  isSynthetic: false,
  inputShape: () => [28, 28, 1],
  targetShape: [1],
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  defaults: { directory: '' },
  options: directoryOptions,
  load: ({ directory }) => readImageDirectory('mnist', directory || datasetDirectory('mnist')),
};

const fashionMnistSpec: DatasetSpec<FileDatasetConfig> = {
  ...mnistSpec,
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  description: 'articles of clothing, 28 × 28 grey, 60,000 for training and 10,000 for the test',
  source: 'Xiao, Rasul and Vollgraf 2017, Fashion-MNIST (arXiv:1708.07747)',
  classNames: [
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
  load: ({ directory }) =>
    readImageDirectory('fashion-mnist', directory || datasetDirectory('fashion-mnist')),
};

const cifar10Spec: DatasetSpec<FileDatasetConfig> = {
  name: 'cifar10',
  title: 'CIFAR-10',
  description: 'objects and animals, 32 × 32 colour, 50,000 for training and 10,000 for the test',
  source: 'Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images',
  kind: 'classification',
  isSynthetic: false,
  inputShape: () => [32, 32, 3],
  targetShape: [1],
  classNames: cifar10ClassNames,
  defaults: { directory: '' },
  options: directoryOptions,
  load: ({ directory }) => readCifar10Directory(directory || datasetDirectory('cifar10')),
};

/** Records of the sets that are read from files. */
export const fileDatasets = {
  mnist: mnistSpec,
  'fashion-mnist': fashionMnistSpec,
  cifar10: cifar10Spec,
} as const;

export type FileDatasetName = keyof typeof fileDatasets;
