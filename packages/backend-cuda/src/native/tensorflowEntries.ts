import type { BackendEntry, Probe } from '@polyneuron/backend';
import { loadTensorflow, type TensorflowDevice } from './load/loadTensorflow.js';
import { chooseBinding } from './locate/bindings.js';
import { findGpus } from './locate/gpus.js';
import { createTensorflowBackend } from './tensorflowBackend.js';

/** TensorFlow on the processor. `auto` never takes it: everything before it in the order runs everywhere. */
export const nativeCpuEntry: BackendEntry = {
  name: 'native-cpu',
  title: 'TensorFlow on the processor, whole programs as graphs',
  priority: -1,
  probe: async () => probeBindings(),
  load: async () => open('cpu'),
};

/** TensorFlow on an NVIDIA GPU. The probe looks for the driver before TensorFlow, which takes a second to load. */
export const nativeGpuEntry: BackendEntry = {
  name: 'native-gpu',
  title: 'TensorFlow on an NVIDIA GPU, whole programs as graphs',
  priority: 110,
  probe: async () =>
    findGpus().gpus.length > 0
      ? probeBindings()
      : {
          available: false,
          reason: 'no NVIDIA GPU: the driver lists none in /proc/driver/nvidia/gpus',
          remedy: 'install the driver of the GPU, or choose native-cpu',
        },
  load: async () => open('gpu'),
};

function open(device: TensorflowDevice) {
  return createTensorflowBackend(loadTensorflow({ device }));
}

function probeBindings(): Probe {
  const choice = chooseBinding();
  return choice.path === undefined ? { available: false, ...choice } : { available: true };
}
