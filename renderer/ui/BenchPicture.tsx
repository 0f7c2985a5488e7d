/** A modem at the end of a USB cable, drawn in the theme's lines. */
export function CablePicture() {
  return (
    <svg className="picture" viewBox="0 0 220 96" width="220" height="96" fill="none" aria-hidden="true">
      <g stroke="var(--line-strong)" strokeWidth="1.75" strokeLinejoin="round" strokeLinecap="round">
        <rect x="8" y="18" width="78" height="50" rx="4" fill="var(--surface)" />
        <path d="M1 76h92l-6 6H7z" fill="var(--surface)" />
        <path d="M92 54h14c10 0 10-14 20-14h12" />
        <rect x="138" y="33" width="14" height="14" rx="2" fill="var(--surface)" />
        <rect x="152" y="20" width="60" height="40" rx="5" fill="var(--surface)" />
      </g>
      <g stroke="var(--accent-text)" strokeWidth="1.75" strokeLinejoin="round" strokeLinecap="round">
        <path d="M166 32h16l5 5v11h-21z" fill="var(--accent-soft)" />
        <path d="M166 40h7m7 0h7m-14-4v8m7-8v8" />
      </g>
      <g stroke="var(--accent-text)" strokeWidth="1.75" strokeLinecap="round">
        <path d="M20 32h26M20 41h40M20 50h18" />
      </g>
      <g fill="var(--accent-text)">
        <circle cx="199" cy="30" r="2.5" />
      </g>
      <path d="M199 38v12" stroke="var(--line-strong)" strokeWidth="1.75" strokeLinecap="round" />
    </svg>
  );
}
