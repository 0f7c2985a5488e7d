import { groupsFromEnd, groupsOfFour } from '../format/digits.ts';

interface DigitsProps {
  readonly value: string;
  readonly size?: 'sm' | 'md' | 'lg';
  /** Whole groups at the end, as an IMEI is known by its end. */
  readonly fromEnd?: boolean;
}

/**
 * An identifier in groups of four. The gaps are drawn, not written: what is selected and copied by hand has no blanks, and a
 * screen reader is given the plain text.
 */
export function Digits({ value, size = 'md', fromEnd = false }: DigitsProps) {
  const groups = (fromEnd ? groupsFromEnd(value) : groupsOfFour(value)).map((text, place) => ({
    text,
    place,
  }));
  return (
    <span className={`digits mono digits-${size}`}>
      {groups.map((group) => (
        <span key={group.place}>{group.text}</span>
      ))}
    </span>
  );
}
