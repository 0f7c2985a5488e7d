import { Mark } from './StateMark.tsx';

/** Says where a file was written. */
export function SavedNote({ path }: { path: string | null }) {
  if (path === null) return null;
  return (
    <p className="saved">
      <Mark tone="done" />
      <span className="break">Saved as {path}</span>
    </p>
  );
}
