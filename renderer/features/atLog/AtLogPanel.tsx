import { ActionIcon, Button, NativeSelect, Tooltip } from '@mantine/core';
import { IconArrowDown, IconChevronUp, IconDownload } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { AtLogEntry } from '../../../contract/atLog.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { clockTimeMs } from '../../format/time.ts';
import { announce } from '../../ui/announcer.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { SavedNote } from '../../ui/SavedNote.tsx';
import { useVirtualRows } from '../../ui/useVirtualRows.ts';
import { portName } from '../devices/deviceWords.ts';
import { ARROWS, DIRECTION_WORDS, portsIn } from './logLines.ts';
import { useAtLog } from './useAtLog.ts';

/** px; the same in atLog.css. */
const LINE_HEIGHT = 22;

/** Commands and answers as they go over the wire, docked at the bottom. PINs and identifiers were masked before they came here. */
export function AtLogPanel() {
  const open = useBenchState((state) => state.settings.atLogOpen);
  const save = useRequest('settings.set');
  const exportLog = useRequest('atLog.export');
  const { lines, fault } = useAtLog();
  const [port, setPort] = useState('');
  const [saved, setSaved] = useState<string | null>(null);
  const ports = useMemo(() => portsIn(lines), [lines]);
  const shown = useMemo(
    () => (port === '' ? lines : lines.filter((line) => line.port === port)),
    [lines, port],
  );
  const last = lines.at(-1);
  const failed = fault ?? exportLog.fault ?? save.fault;

  const exportNow = async () => {
    const result = await exportLog.run(null);
    if (!result.ok || result.value.path === null) return;
    announce(`AT log saved as ${result.value.path}`);
    setSaved(result.value.path);
  };

  return (
    <section className={open ? 'log log-open' : 'log'} aria-label="AT log">
      <div className="log-head">
        <button
          type="button"
          className="log-toggle"
          aria-expanded={open}
          aria-controls="at-log-lines"
          onClick={() => void save.run({ atLogOpen: !open })}
        >
          <IconChevronUp className="log-chevron" size={16} stroke={2} aria-hidden="true" />
          AT log
        </button>
        <div className="log-last mono" aria-hidden="true">
          {open || last === undefined ? null : <Line entry={last} withPort={ports.length > 1} />}
        </div>
        {open && ports.length > 1 ? (
          <NativeSelect
            size="xs"
            aria-label="Port shown in the log"
            value={port}
            onChange={(event) => setPort(event.currentTarget.value)}
            data={[
              { value: '', label: 'All ports' },
              ...ports.map((path) => ({ value: path, label: portName(path) })),
            ]}
          />
        ) : null}
        <Tooltip label="Export the AT log">
          <ActionIcon
            variant="subtle"
            size={30}
            aria-label="Export the AT log"
            loading={exportLog.pending}
            disabled={lines.length === 0}
            onClick={() => void exportNow()}
          >
            <IconDownload size={17} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div id="at-log-lines" hidden={!open}>
        {open ? <Lines lines={shown} withPort={port === '' && ports.length > 1} /> : null}
      </div>
      {saved === null || failed !== null ? null : (
        <div className="log-saved">
          <SavedNote path={saved} />
          <Button variant="subtle" size="compact-sm" onClick={() => setSaved(null)}>
            Done
          </Button>
        </div>
      )}
      {failed === null ? null : <FaultCard fault={failed} />}
    </section>
  );
}

/** Follows the end of the log until somebody scrolls away from it. */
function Lines({ lines, withPort }: { lines: readonly AtLogEntry[]; withPort: boolean }) {
  const rows = useVirtualRows(lines.length, LINE_HEIGHT);
  const [following, setFollowing] = useState(true);
  const missed = useRef(0);
  const newest = lines.at(-1)?.seq;

  useEffect(() => {
    if (following) missed.current = newest ?? 0;
  }, [following, newest]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what to scroll for
  useLayoutEffect(() => {
    const box = rows.scroller.current;
    if (following && box !== null) box.scrollTop = box.scrollHeight;
  }, [following, newest, lines.length]);

  if (lines.length === 0) {
    return (
      <p className="log-empty">
        Nothing was sent or received yet. Each command and its answer appears here as it goes over the wire.
      </p>
    );
  }
  return (
    <div className="log-body">
      <div
        ref={rows.scroller}
        className="log-lines mono"
        role="log"
        aria-live="off"
        aria-label="Lines of the AT log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={(event) => {
          const box = event.currentTarget;
          setFollowing(box.scrollHeight - box.scrollTop - box.clientHeight < LINE_HEIGHT);
          rows.onScroll();
        }}
      >
        <div style={{ height: rows.start * LINE_HEIGHT }} />
        {lines.slice(rows.start, rows.end).map((entry) => (
          <Line key={entry.seq} entry={entry} withPort={withPort} />
        ))}
        <div style={{ height: (lines.length - rows.end) * LINE_HEIGHT }} />
      </div>
      {following ? null : (
        <Button
          className="log-follow"
          variant="default"
          size="compact-sm"
          leftSection={<IconArrowDown size={15} stroke={2} />}
          onClick={() => setFollowing(true)}
        >
          {(newest ?? 0) > missed.current ? 'New lines' : 'To the end'}
        </Button>
      )}
    </div>
  );
}

function Line({ entry, withPort }: { entry: AtLogEntry; withPort: boolean }) {
  return (
    <div className={`log-line log-${entry.direction}`}>
      <span className="log-time">{clockTimeMs(entry.at)}</span>
      {withPort ? <span className="log-port">{portName(entry.port)}</span> : null}
      <span className="log-arrow" aria-hidden="true">
        {ARROWS[entry.direction]}
      </span>
      <span className="visually-hidden">{DIRECTION_WORDS[entry.direction]}: </span>
      <span className="log-text">{entry.text}</span>
    </div>
  );
}
