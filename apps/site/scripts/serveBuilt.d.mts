export interface BuiltSite {
  readonly origin: string;
  close(): Promise<void>;
}

export function serveBuilt(options?: {
  readonly port?: number;
  readonly isIsolated?: boolean;
}): Promise<BuiltSite>;
