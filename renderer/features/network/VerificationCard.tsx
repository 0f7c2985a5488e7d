import type { ReactNode } from 'react';
import type { Verification } from '../../../contract/verification.ts';
import { duration, fullWhen } from '../../format/time.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { Mark } from '../../ui/StateMark.tsx';
import { outcomeWords, REGISTRATION_NETWORKS, REGISTRATION_WORDS, signalWord } from './networkWords.ts';
import { SignalBars } from './SignalBars.tsx';

/** The answer to "does it work": the outcome in words, and what the modem said at that moment. */
export function VerificationCard({ verification }: { verification: Verification }) {
  const outcome = outcomeWords(verification);
  const signal = verification.signalDbm === null ? null : signalWord(verification.signalDbm);
  return (
    <section className={`verification verification-${outcome.tone}`} aria-label={outcome.word}>
      <div className="verification-head">
        <Mark tone={outcome.tone} />
        <h2 className={`tone-${outcome.tone}`}>{outcome.word}</h2>
        <span className="verification-when">
          {fullWhen(verification.at, Date.now())}, after {duration(verification.elapsedMs)}
        </span>
      </div>
      <p className="verification-text">{outcome.sentence}</p>
      <dl className="verification-facts">
        <Fact name="Operator">{verification.operator}</Fact>
        <Fact name="Technology">{verification.technology}</Fact>
        <Fact name="Signal">
          {signal === null || verification.signalDbm === null ? null : (
            <>
              <SignalBars bars={signal.bars} />
              <span>
                {signal.word} ·{' '}
                <span className="mono nowrap">{`−${Math.abs(verification.signalDbm)} dBm`}</span>
              </span>
            </>
          )}
        </Fact>
        <Fact name="ICCID in use">
          {verification.iccid === null ? null : (
            <>
              <Digits value={verification.iccid} />
              <CopyButton value={verification.iccid} what="ICCID in use" />
            </>
          )}
        </Fact>
        <Fact name="SIM">{verification.simState}</Fact>
        {verification.registrations.map((registration) => (
          <Fact key={registration.command} name={REGISTRATION_NETWORKS[registration.command]}>
            <span>
              {REGISTRATION_WORDS[registration.state]}{' '}
              <span className="mono verification-code nowrap">
                {registration.command}: {registration.stat}
              </span>
            </span>
          </Fact>
        ))}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children ?? <span className="identity-none">not told</span>}</dd>
    </div>
  );
}
