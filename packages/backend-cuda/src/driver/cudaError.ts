import { PolyneuronError } from '@polyneuron/graph';

export interface CudaErrorFields {
  /** The function that failed: 'cuMemAlloc', 'nvrtcCompileProgram'. */
  readonly call: string;
  readonly status: number;
  /** CUDA's own name: 'CUDA_ERROR_OUT_OF_MEMORY'. */
  readonly name: string;
  /** CUDA's own text. */
  readonly text: string;
  /** Numbers that were passed, and what else helps. */
  readonly details?: Readonly<Record<string, string>>;
  /** The program that was compiled or run. */
  readonly program?: string;
}

/** A call of CUDA's driver or of NVRTC that failed. */
export class CudaError extends PolyneuronError {
  readonly call: string;
  readonly status: number;
  readonly statusName: string;
  readonly fields: CudaErrorFields;

  constructor(fields: CudaErrorFields) {
    const { call, status, name, text, details, program } = fields;
    super('CudaError', {
      subject: call,
      expected: 'to succeed',
      received: `${name} (${status})${text === '' ? '' : `: ${text}`}`,
      ...(details && { details }),
      fix: remedies[name] ?? `look the status up in NVIDIA's documentation of ${call}`,
      ...(program !== undefined && { at: `program '${program}'` }),
    });
    this.call = call;
    this.status = status;
    this.statusName = name;
    this.fields = fields;
  }
}

/** Names the program in errors of the calls that work for it. */
export function forProgram<T>(program: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw named(program, error);
  }
}

/** The same for work that takes its time. */
export async function forProgramAsync<T>(program: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw named(program, error);
  }
}

function named(program: string, error: unknown): unknown {
  return error instanceof CudaError ? new CudaError({ ...error.fields, program }) : error;
}

const update = "update NVIDIA's driver, or use an NVRTC that is not newer than it (POLYNEURON_LIBNVRTC)";
const restart =
  'this context is lost, and CUDA asks for a new process; please report the program that did this';

/** What can be done, by CUDA's name of the error. */
const remedies: Readonly<Record<string, string>> = {
  CUDA_ERROR_OUT_OF_MEMORY:
    'use a smaller batch, keep less data resident, or end what else uses this GPU (nvidia-smi lists it)',
  CUDA_ERROR_NO_DEVICE: 'check that nvidia-smi lists a GPU and that CUDA_VISIBLE_DEVICES does not hide it',
  CUDA_ERROR_INVALID_DEVICE: 'pass a device number below the count that nvidia-smi lists',
  CUDA_ERROR_SYSTEM_DRIVER_MISMATCH: 'restart the machine: the driver was updated while it ran',
  CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE:
    "take CUDA's forward-compatibility package out of the search path",
  CUDA_ERROR_DEVICE_UNAVAILABLE:
    'another process holds this GPU exclusively: end it, or choose another device',
  CUDA_ERROR_UNSUPPORTED_PTX_VERSION: update,
  CUDA_ERROR_INVALID_PTX: update,
  CUDA_ERROR_INVALID_IMAGE: update,
  CUDA_ERROR_NO_BINARY_FOR_GPU: update,
  CUDA_ERROR_ILLEGAL_ADDRESS: restart,
  CUDA_ERROR_LAUNCH_FAILED: restart,
  CUDA_ERROR_MISALIGNED_ADDRESS: restart,
  CUDA_ERROR_ILLEGAL_INSTRUCTION: restart,
  CUDA_ERROR_LAUNCH_TIMEOUT: 'use a smaller batch, or a GPU that drives no display',
  NVRTC_ERROR_BUILTIN_OPERATION_FAILURE:
    'put libnvrtc-builtins beside libnvrtc: both belong to one version of CUDA',
};
