import { notifications } from '@mantine/notifications';
import type { BenchBridge } from '../../contract/channels.ts';
import { announce } from '../ui/announcer.ts';
import { Mark } from '../ui/StateMark.tsx';

/** Puts another account in use from wherever the technician is; a fault is said where it is seen. */
export async function switchAccount(bridge: BenchBridge, name: string): Promise<void> {
  const result = await bridge.request('account.use', { name });
  if (result.ok) {
    announce(`Account ${name} is in use`);
    return;
  }
  notifications.show({
    id: 'account-use',
    icon: <Mark tone="failed" />,
    message: `${result.fault.message} ${result.fault.hint}`,
  });
}
