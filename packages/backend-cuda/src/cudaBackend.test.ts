/** @file The whole backend over the stand-in, whose kernels run on the host: results, not calls. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { build, gradientProgram } from '@polyneuron/graph';
import { createCudaBackend } from './cudaBackend.js';
import { hasCompiler } from './testing/hostCompiler.js';
import { buildStandIn, type StandIn } from './testing/standIn.js';
