import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useRequest } from '../bench/BenchContext.tsx';
import { announce } from './announcer.ts';

const SAY_COPIED_MS = 2000;

/** Copies `value` as it is, without the blanks it is shown with, and says so. */
export function CopyButton({ value, what }: { value: string; what: string }) {
  const copy = useRequest('clipboard.write');
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAY_COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const label = copy.fault ? 'Not copied' : copied ? 'Copied' : `Copy ${what}`;
  return (
    <Tooltip label={label} {...(copied || copy.fault ? { opened: true } : {})} position="top">
      <ActionIcon
        className={copied ? 'copy copy-done' : 'copy'}
        variant="subtle"
        size={30}
        aria-label={`Copy ${what}`}
        onClick={async () => {
          const result = await copy.run({ text: value });
          setCopied(result.ok);
          announce(result.ok ? `Copied ${what}` : `Not copied. ${result.fault.message}`);
        }}
      >
        {copied ? <IconCheck size={17} stroke={2.25} /> : <IconCopy size={17} stroke={1.75} />}
      </ActionIcon>
    </Tooltip>
  );
}
