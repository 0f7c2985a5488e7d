import { SW } from './apdu.ts';
import { resultCode } from './encode.ts';
import type { Es10Function } from './es10Card.ts';
import { RESULT } from './profileLife.ts';
import { tlv, utf8 } from './tlv.ts';

/**
 * ES10a.GetEuiccConfiguredAddresses (SGP.22 §5.7.3): `[60] SEQUENCE { defaultDpAddress [0] UTF8String OPTIONAL,
 * rootDsAddress [1] UTF8String }`.
 */
export const getAddresses: Es10Function = (_request, { state: { addresses } }) => {
  const smdp = addresses.defaultSmdp === null ? [] : [tlv('80', utf8(addresses.defaultSmdp))];
  return tlv('BF3C', ...smdp, tlv('81', utf8(addresses.rootSmds)));
};

/** ES10a.SetDefaultDpAddress (SGP.22 §5.7.4): `[63] SEQUENCE { defaultDpAddress [0] UTF8String }`; empty takes it off. */
export const setDefaultSmdp: Es10Function = (request, { state }) => {
  const [address, ...more] = request;
  if (address?.tag !== '80' || more.length > 0) return SW.wrongData;
  const text = new TextDecoder().decode(address.value);
  state.addresses.defaultSmdp = text === '' ? null : text;
  return resultCode('BF3F', RESULT.ok);
};
