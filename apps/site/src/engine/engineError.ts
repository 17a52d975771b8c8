import type { ErrorCode } from '../protocol/messages.js';

/** What the worker cannot do, in a sentence for the visitor. */
export class EngineError extends Error {
  readonly code: ErrorCode;
  readonly isRecoverable: boolean;

  constructor(code: ErrorCode, text: string, isRecoverable = true) {
    super(text);
    this.name = 'EngineError';
    this.code = code;
    this.isRecoverable = isRecoverable;
  }
}
