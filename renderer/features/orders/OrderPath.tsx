import { useBenchState } from '../../bench/BenchContext.tsx';
import { clockTime, fullWhen } from '../../format/time.ts';
import { useNow } from '../../ui/useNow.ts';
import { type PathStep, shareOfUsual, type Waiting } from './path.ts';

interface OrderPathProps {
  readonly steps: readonly PathStep[];
  /** Moves the line towards the next step by the share of the usual time. */
  readonly waiting: Waiting | null;
  /** Without the day's seconds, where there is little room. */
  readonly narrow?: boolean;
}

const SAID: Readonly<Record<PathStep['state'], string>> = {
  done: 'done',
  here: 'reached',
  next: 'waited for',
  todo: 'not yet',
  failed: 'failed',
  stopped: 'stopped',
};

/** An order's way as a line of stations with their times. Its height is the same in every state. */
export function OrderPath({ steps, waiting, narrow = false }: OrderPathProps) {
  const usualMs = useBenchState((state) => state.usualMsToAvailable);
  const now = useNow(waiting !== null);
  const share = waiting?.usual ? shareOfUsual(waiting.since, now, usualMs) : null;
  return (
    <ol className={narrow ? 'path path-narrow' : 'path'} aria-label="Path of the order">
      {steps.map((step, index) => (
        <li
          key={step.key}
          className={`path-step path-${step.state}`}
          aria-current={step.state === 'here' || step.state === 'next' ? 'step' : undefined}
        >
          <Line to={steps[index + 1]?.state ?? null} share={share} />
          <Node state={step.state} />
          <span className="path-label">{step.label}</span>
          <span className="path-time">
            {step.note ?? (step.at === null ? <>&nbsp;</> : when(step.at, now))}
          </span>
          <span className="visually-hidden">, {SAID[step.state]}</span>
        </li>
      ))}
    </ol>
  );
}

/** The line from one station to the next; it grows while the next one is waited for. */
function Line({ to, share }: { to: PathStep['state'] | null; share: number | null }) {
  if (to === null) return null;
  return (
    <span className={`path-line path-line-${to}`} aria-hidden="true">
      {to === 'next' ? (
        <span className="path-share" style={{ width: `${Math.round((share ?? 0) * 100)}%` }} />
      ) : null}
    </span>
  );
}

/** The day is left out of the line; it is in the history below. */
function when(at: number, now: number) {
  return <time title={fullWhen(at, now)}>{clockTime(at)}</time>;
}

function Node({ state }: { state: PathStep['state'] }) {
  return (
    <svg className="path-node" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      {state === 'done' || state === 'here' ? (
        <>
          <circle cx="12" cy="12" r="9" fill="currentColor" />
          <path d="M8 12.3l2.8 2.8 5.2-5.7" fill="none" stroke="var(--surface)" strokeWidth="2" />
          {state === 'here' ? (
            <circle cx="12" cy="12" r="11" fill="none" stroke="currentColor" strokeWidth="1.5" />
          ) : null}
        </>
      ) : null}
      {state === 'next' ? (
        <>
          <circle cx="12" cy="12" r="8" fill="var(--surface)" stroke="currentColor" strokeWidth="2" />
          <circle cx="12" cy="12" r="3.2" fill="currentColor" />
        </>
      ) : null}
      {state === 'todo' ? (
        <circle cx="12" cy="12" r="6" fill="var(--surface)" stroke="currentColor" strokeWidth="2" />
      ) : null}
      {state === 'failed' ? (
        <>
          <circle cx="12" cy="12" r="9" fill="currentColor" />
          <path d="M9 9l6 6m0-6l-6 6" stroke="var(--surface)" strokeWidth="2" />
        </>
      ) : null}
      {state === 'stopped' ? (
        <>
          <circle cx="12" cy="12" r="9" fill="currentColor" />
          <path d="M8 12h8" stroke="var(--surface)" strokeWidth="2" />
        </>
      ) : null}
    </svg>
  );
}
