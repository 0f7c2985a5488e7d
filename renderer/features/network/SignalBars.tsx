/** Signal as bars, 0 to 4, beside the number that says the same. */
export function SignalBars({ bars }: { bars: number }) {
  return (
    <svg className="bars" viewBox="0 0 24 18" width="24" height="18" aria-hidden="true">
      {[0, 1, 2, 3].map((bar) => (
        <rect
          key={bar}
          className={bar < bars ? 'bar-on' : 'bar-off'}
          x={1 + bar * 6}
          y={13 - bar * 4}
          width="4"
          height={4 + bar * 4}
          rx="1"
        />
      ))}
    </svg>
  );
}
