import { getAddresses, setDefaultSmdp } from './es10Addresses.ts';
import type { Es10Function } from './es10Card.ts';
import { getEuiccData, getInfo1, getInfo2 } from './es10Info.ts';
import { listNotifications, notificationSent, retrieveNotifications } from './es10Notifications.ts';
import { deleteOne, disable, enable, memoryReset, setNickname } from './es10Profiles.ts';
import { getProfilesInfo } from './es10ProfilesInfo.ts';

/** The functions by the tag of their request; a further one is one line here and its encoder. */
export const ES10_FUNCTIONS: Readonly<Record<string, Es10Function>> = {
  BF20: getInfo1,
  BF22: getInfo2,
  BF28: listNotifications,
  BF29: setNickname,
  BF2B: retrieveNotifications,
  BF2D: getProfilesInfo,
  BF30: notificationSent,
  BF31: enable,
  BF32: disable,
  BF33: deleteOne,
  BF34: memoryReset,
  BF3C: getAddresses,
  BF3E: getEuiccData,
  BF3F: setDefaultSmdp,
};
