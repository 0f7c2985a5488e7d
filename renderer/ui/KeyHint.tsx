/** The key that presses a button, drawn on it; the button says it by `aria-keyshortcuts`. */
export function KeyHint({ children, onAccent = false }: { children: string; onAccent?: boolean }) {
  return (
    <span className={onAccent ? 'key key-on-accent' : 'key'} aria-hidden="true">
      {children}
    </span>
  );
}
