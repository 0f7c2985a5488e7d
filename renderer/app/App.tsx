import { Button, MantineProvider } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { BenchBridge } from '../../contract/channels.ts';
import { BenchProvider } from '../bench/BenchContext.tsx';
import type { BenchStore } from '../bench/store.ts';
import { cssVariablesResolver, theme } from '../theme/theme.ts';
import { FaultCard } from '../ui/FaultCard.tsx';
import { Window } from './Window.tsx';

interface AppProps {
  readonly bridge: BenchBridge;
  readonly store: BenchStore;
}

export function App({ bridge, store }: AppProps) {
  const view = useSyncExternalStore(store.subscribe, store.getView);
  const wanted = view.phase === 'ready' ? view.state.settings.theme : 'system';
  return (
    <BenchProvider bridge={bridge} store={store}>
      <Themed wanted={wanted}>
        {view.phase === 'loading' ? <p className="starting">Opening the bench …</p> : null}
        {view.phase === 'ready' ? <Window /> : null}
        {view.phase === 'failed' ? (
          <main className="start-failed">
            <FaultCard
              fault={view.fault}
              actions={
                <Button variant="default" onClick={store.start}>
                  Try again
                </Button>
              }
            />
          </main>
        ) : null}
      </Themed>
    </BenchProvider>
  );
}

function Themed({ wanted, children }: { wanted: 'system' | 'light' | 'dark'; children: ReactNode }) {
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)', undefined, {
    getInitialValueInEffect: false,
  });
  const scheme = wanted === 'system' ? (systemIsDark ? 'dark' : 'light') : wanted;
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      forceColorScheme={scheme}
      getStyleNonce={styleNonce}
    >
      {children}
      <Notifications position="bottom-right" limit={3} autoClose={9000} />
    </MantineProvider>
  );
}

/** Main writes a new nonce into the page each time it serves it; the library's style elements have to carry it. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
