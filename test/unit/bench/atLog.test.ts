import { describe, expect, it, vi } from 'vitest';
import { AT_LOG_LIMIT, AtLog } from '../../../main/bench/atLog.ts';

describe('AtLog', () => {
  it('keeps the latest entries and forgets older ones', () => {
    const log = new AtLog(() => 0);
    for (let n = 1; n <= AT_LOG_LIMIT * 3; n++) log.add('COM1', 'sent', `AT+${n}`);
    const entries = log.latest();
    expect(entries).toHaveLength(AT_LOG_LIMIT);
    expect(entries.at(-1)).toMatchObject({ seq: AT_LOG_LIMIT * 3, text: `AT+${AT_LOG_LIMIT * 3}` });
    expect(entries[0]?.seq).toBe(AT_LOG_LIMIT * 2 + 1);
  });

  it('cuts a line that is too long and says how long it was', () => {
    const log = new AtLog(() => 0);
    log.add('COM1', 'received', 'x'.repeat(5_000));
    expect(log.latest()[0]?.text).toMatch(/^x{600}… \(5000\)$/);
  });

  it('hands new entries on in batches', async () => {
    const log = new AtLog(() => 0);
    const batches: number[] = [];
    log.onAdded((entries) => batches.push(entries.length));
    for (let n = 0; n < 50; n++) log.add('COM1', 'sent', 'AT');
    await vi.waitFor(() => expect(batches).toEqual([50]));
  });

  it('exports a line an entry, with time, port and direction', () => {
    const log = new AtLog(() => Date.UTC(2026, 0, 2, 3, 4, 5, 6));
    log.add('/dev/ttyUSB2', 'sent', 'AT+CGMI');
    log.add('/dev/ttyUSB2', 'received', 'Quectel');
    expect(log.asText()).toBe(
      '2026-01-02T03:04:05.006Z /dev/ttyUSB2 → AT+CGMI\n2026-01-02T03:04:05.006Z /dev/ttyUSB2 ← Quectel\n',
    );
  });
});
