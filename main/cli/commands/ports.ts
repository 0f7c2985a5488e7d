import { EXIT } from '../../../contract/fault.ts';
import type { Port } from '../../../contract/port.ts';
import type { Command } from '../context.ts';

/** `ports`: one object a port. */
export const ports: Command<object> = async ({ bench, output }) => {
  const listed = await bench().serial.list();
  if (!listed.ok) return output.fault(listed.fault);
  for (const port of listed.value) output.result({ ...port }, portLine(port));
  if (listed.value.length === 0)
    output.progress('No serial ports. Plug a device in, or give its path with --port.');
  return EXIT.done;
};

function portLine(port: Port): string {
  const usb = port.vendorId === null ? '' : `${port.vendorId}:${port.productId ?? ''}`;
  const maker = [port.manufacturer, port.product].filter(Boolean).join(' ');
  return [port.path, usb, maker, port.serialNumber].filter(Boolean).join('  ');
}
