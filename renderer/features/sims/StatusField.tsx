import { useId } from 'react';
import { SIM_STATUS_WISHES, type SimWish } from '../../../contract/activation.ts';

type Wished = SimWish['simStatus'];

const SENTENCES: Readonly<Record<Wished, string>> = {
  ready: 'Free until it is used. Active by itself after 250 KB, 5 SMS commands or 3 months.',
  active: 'At once, whether it is used or not.',
};

interface StatusFieldProps {
  readonly value: Wished;
  readonly onChange: (status: Wished) => void;
  /** What the provider said of the Sim; null where there is none yet. */
  readonly present: string | null;
  readonly error: string | undefined;
}

/** Ready or active, each with what it means. */
export function StatusField({ value, onChange, present, error }: StatusFieldProps) {
  const name = useId();
  const problem = error ?? statusProblem(value, present);
  return (
    <fieldset className="picks" aria-describedby={problem === null ? undefined : `${name}-problem`}>
      <legend className="field-label">The SIM becomes</legend>
      {SIM_STATUS_WISHES.map((status) => (
        <label key={status} className="pick">
          <input
            type="radio"
            name={name}
            value={status}
            checked={status === value}
            onChange={() => onChange(status)}
          />
          <span className="pick-name">{status}</span>
          <span className="pick-what">{SENTENCES[status]}</span>
        </label>
      ))}
      {problem === null ? null : (
        <p id={`${name}-problem`} className="field-error picks-error">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

/** `ready` is reached from `new` alone; what has become active since is as good. */
export function statusProblem(wished: Wished, present: string | null): string | null {
  if (wished !== 'ready' || present !== 'inactive') return null;
  return 'The SIM is inactive. From there it can only become active.';
}
