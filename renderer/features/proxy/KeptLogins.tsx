import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { KeptProxyLogin } from '../../../contract/state.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { keptLine } from './proxyWords.ts';

/** The proxies for which a login is kept, each to be forgotten; nothing where there was none. */
export function KeptLogins() {
  const kept = useBenchState((state) => state.keptProxyLogins);
  const forget = useRequest('proxy.forget');
  // The last one is gone from the state before the answer says so: its place stays, for what is to be said there.
  const [used, setUsed] = useState(false);
  const [forgotten, setForgotten] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  if (kept.length === 0 && !used) return null;

  const run = async ({ host, scheme, realm }: KeptProxyLogin) => {
    setUsed(true);
    setForgotten(null);
    const result = await forget.run({ host, scheme, realm });
    if (!result.ok) return;
    setForgotten(host);
    announce(`The login for ${host} is forgotten`);
    // The button is gone with what it was for.
    title.current?.focus();
  };

  return (
    <section className="kept-logins" aria-label="Logins for proxies">
      <h3 ref={title} className="form-title" tabIndex={-1}>
        Logins for proxies
      </h3>
      <p className="form-about">One that is forgotten is asked for when its proxy asks again.</p>
      {kept.length === 0 ? null : (
        <ul className="accounts">
          {kept.map((login) => (
            <li key={JSON.stringify(login)} className="account-row">
              <div className="account-what">
                <span className="account-name mono">{login.host}</span>
                <span className="account-line">{keptLine(login)}</span>
              </div>
              <Button
                variant="default"
                size="compact-md"
                disabled={forget.pending}
                aria-label={`Forget the login for ${login.host}, ${keptLine(login)}`}
                onClick={() => void run(login)}
              >
                Forget
              </Button>
            </li>
          ))}
        </ul>
      )}
      {forgotten === null ? null : (
        <p className="accounts-note">
          <StateMark state={{ word: `The login for ${forgotten} is forgotten.`, tone: 'done' }} />
        </p>
      )}
      {forget.fault === null ? null : <FaultCard fault={forget.fault} kept={null} />}
    </section>
  );
}
