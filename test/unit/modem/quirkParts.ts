import { QUIRK_VALUES } from '../../../main/demo/modem/quirkTable.ts';

/** The last switch of how a modem talks, as the table has them in turn. */
const LAST_OF_TALK = 'baudRate';

const cut = QUIRK_VALUES.findLastIndex(({ quirk }) => quirk.name === LAST_OF_TALK) + 1;

export const talkValues = () => QUIRK_VALUES.slice(0, cut);
export const otherValues = () => QUIRK_VALUES.slice(cut);
