import type { ReactNode } from 'react';
import type { StateWord, Tone } from '../features/orders/orderWords.ts';

/** One shape a tone, told apart without colour: ring, dashes, half, disc, finder pattern, tick, cross, bar. */
const SHAPES: Readonly<Record<Tone, ReactNode>> = {
  idle: <circle cx="8" cy="8" r="5.25" fill="none" strokeWidth="1.75" />,
  busy: (
    <circle
      className="mark-turning"
      cx="8"
      cy="8"
      r="5.25"
      fill="none"
      strokeWidth="2"
      strokeDasharray="3.3 2.2"
    />
  ),
  waiting: (
    <>
      <circle cx="8" cy="8" r="5.25" fill="none" strokeWidth="1.75" />
      <path d="M8 2.75a5.25 5.25 0 0 1 0 10.5z" fill="currentColor" stroke="none" />
    </>
  ),
  ready: <circle cx="8" cy="8" r="6" fill="currentColor" stroke="none" />,
  scan: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="1.5" fill="none" strokeWidth="2" />
      <rect x="5.5" y="5.5" width="5" height="5" fill="currentColor" stroke="none" />
    </>
  ),
  done: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
      <path
        d="M4.8 8.2l2.2 2.2 4.2-4.6"
        fill="none"
        stroke="var(--mark-ground, var(--surface))"
        strokeWidth="1.75"
      />
    </>
  ),
  failed: <path d="M3.5 3.5l9 9m0-9l-9 9" fill="none" strokeWidth="2.25" />,
  gone: <path d="M3 8h10" fill="none" strokeWidth="2.25" />,
};

export function Mark({ tone }: { tone: Tone }) {
  return (
    <svg className={`mark tone-${tone}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <g stroke="currentColor" strokeLinecap="round" strokeLinejoin="round">
        {SHAPES[tone]}
      </g>
    </svg>
  );
}

/** A state as word, shape and colour. */
export function StateMark({ state, strong = false }: { state: StateWord; strong?: boolean }) {
  return (
    <span className={strong ? 'state state-strong' : 'state'}>
      <Mark tone={state.tone} />
      <span className={`state-word tone-${state.tone}`}>{state.word}</span>
    </span>
  );
}
