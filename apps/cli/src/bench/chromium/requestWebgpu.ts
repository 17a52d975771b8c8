/** The part of WebGPU that says what it runs on; TypeScript's DOM does not have it. */
interface GpuNavigator {
  readonly gpu?: {
    requestAdapter(): Promise<{
      readonly info: { readonly vendor: string; readonly architecture: string; readonly description: string };
    } | null>;
  };
}

/** What WebGPU runs on in this browser. Throws Error where it does not. */
export async function requestWebgpu(): Promise<string> {
  const { gpu } = navigator as GpuNavigator;
  if (!gpu) throw new Error('this Chromium has no WebGPU');
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('this Chromium has no WebGPU adapter, neither a GPU nor software');
  const { vendor, architecture, description } = adapter.info;
  return [vendor, architecture, description].filter((text) => text !== '').join(' ');
}
