export {
  type DownloadDatasetOptions,
  type DownloadedDataset,
  downloadDataset,
} from './download/downloadDataset.js';
export { type DownloadedFile, type DownloadFileOptions, downloadFile } from './download/downloadFile.js';
export { type DownloadSource, downloadSources } from './download/sources.js';
export type { DownloadProgress } from './download/transfer.js';
export { cacheDirectory, datasetDirectory } from './files/cacheDirectory.js';
export { type FileDatasetConfig, type FileDatasetName, fileDatasets } from './files/fileDatasets.js';
export {
  type AnyDatasetName as DatasetName,
  allDatasets as datasets,
  loadDataset,
  loadDatasetFromDirectory,
} from './files/loadDataset.js';
export { readIdxFile } from './files/readIdxFile.js';
export * from './index.js';
