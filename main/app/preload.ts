import { contextBridge, ipcRenderer } from 'electron';
import type { BenchBridge, EventName, EventPayload } from '../../contract/channels.ts';

/** The two channels between window and main; what may pass through them is the contract's. */
const REQUEST_CHANNEL = 'bench:request';
const EVENT_CHANNEL = 'bench:event';

const bridge: BenchBridge = {
  request: (name, input) => ipcRenderer.invoke(REQUEST_CHANNEL, name, input),
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) {
    const handle = (_event: unknown, eventName: string, payload: EventPayload<N>) => {
      if (eventName === name) listener(payload);
    };
    ipcRenderer.on(EVENT_CHANNEL, handle);
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, handle);
    };
  },
};

contextBridge.exposeInMainWorld('bench', bridge);
