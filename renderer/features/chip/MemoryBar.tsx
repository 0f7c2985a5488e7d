import { bytesWord, memoryMarks, memoryScale } from './memory.ts';

/** Free memory on a ruler. What the eUICC has in all it does not tell, so nothing here is a share of it. */
export function MemoryBar({ freeBytes }: { freeBytes: number }) {
  const scale = memoryScale(freeBytes);
  return (
    <div className="memory">
      <p className="memory-free">
        <strong>{bytesWord(freeBytes)}</strong> free
        <span className="memory-bytes">{freeBytes.toLocaleString('en')} bytes</span>
      </p>
      <meter
        className="visually-hidden"
        aria-label="Free memory of the eUICC"
        min={0}
        max={scale}
        value={freeBytes}
      >
        {bytesWord(freeBytes)} free
      </meter>
      <div className="memory-bar" aria-hidden="true">
        <span style={{ width: `${((freeBytes / scale) * 100).toFixed(1)}%` }} />
      </div>
      <div className="memory-marks" aria-hidden="true">
        {memoryMarks(scale).map((mark) => (
          <span key={mark.at} style={{ left: `${mark.at * 100}%` }}>
            {mark.label}
          </span>
        ))}
      </div>
      <p className="memory-note">
        Drawn on a scale of {bytesWord(scale)}: an eUICC tells what is free, not its size.
      </p>
    </div>
  );
}
