import './zodWithoutEval.ts';
import './theme/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { BenchBridge } from '../contract/channels.ts';
import { App } from './app/App.tsx';
import { checkedBridge } from './bench/checkedBridge.ts';
import { createBenchStore } from './bench/store.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly bench: BenchBridge;
  }
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const bridge = checkedBridge(window.bench);
const store = createBenchStore(bridge);
store.start();

createRoot(root).render(
  <StrictMode>
    <App bridge={bridge} store={store} />
  </StrictMode>,
);
