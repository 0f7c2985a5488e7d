import type { BenchBridge } from '../../../contract/channels.ts';

declare global {
  interface Window {
    readonly bench: BenchBridge;
  }
}
