import type { Device } from '../../contract/device.ts';

/** A device as people call it: the modem's own maker and model, else what USB says, else plain "Modem". */
export function deviceName(of: {
  readonly modem: Device['modem'];
  readonly usb: Device['usb'] | null;
}): string {
  const { modem, usb } = of;
  const model = modem?.model ?? usb?.product ?? null;
  const maker = modem?.manufacturer ?? usb?.manufacturer ?? null;
  if (model === null) return maker ?? 'Modem';
  if (maker === null || model.toLowerCase().startsWith(maker.toLowerCase())) return model;
  return `${maker} ${model}`;
}
