/** What to look at: a scene and how to get there from the window's start. */
const nothing = async () => {};
const view = (name) => async (page) => page.getByRole('button', { name, exact: true }).click();

const tab = (name) => async (page) => page.getByRole('tab', { name, exact: true }).click();
const inChip = (press) => async (page) => {
  await tab('Chip')(page);
  await page.getByRole('button', { name: press, exact: true }).first().click();
  await page.getByRole('dialog').waitFor();
};
const bottom = (steps) => async (page) => {
  await steps(page);
  await page.locator('.pane').evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
};

const atProvider = async (page) => {
  await view('Orders')(page);
  await page.getByRole('button', { name: 'At the provider' }).click();
  await page.waitForTimeout(120);
};
const moreFor = (account, item) => async (page) => {
  await view('Account')(page);
  await page.getByRole('button', { name: `More for account ${account}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await page.getByRole('dialog').waitFor();
};

const activate = async (page) => {
  await page.keyboard.press('s');
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(150);
};

export const STEPS = {
  chip: { scene: 'chip', steps: tab('Chip') },
  chipBottom: { scene: 'chip', steps: bottom(tab('Chip')) },
  chipUnread: { scene: 'chipUnread', steps: tab('Chip') },
  chipBusy: { scene: 'chipBusy', steps: tab('Chip') },
  chipFailed: { scene: 'chipFailed', steps: tab('Chip') },
  chipSparse: { scene: 'chipSparse', steps: tab('Chip') },
  chipTest: { scene: 'chipTest', steps: tab('Chip') },
  enable: { scene: 'chip', steps: inChip('Enable') },
  disable: { scene: 'chip', steps: inChip('Disable') },
  delete: { scene: 'chip', steps: inChip('Delete') },
  rename: { scene: 'chip', steps: inChip('Rename') },
  smdp: { scene: 'chip', steps: inChip('Change') },
  notification: {
    scene: 'chip',
    steps: async (page) => {
      await inChip('Show notification 7')(page);
      await page.getByText('in hex').waitFor();
    },
  },
  reset: {
    scene: 'chip',
    steps: async (page) => {
      await inChip('Reset …')(page);
      await page.getByRole('textbox').fill('1122 3320');
      await page.getByRole('button', { name: 'Reset memory' }).click();
      await page.getByText('Nothing was deleted').waitFor();
    },
  },
  slotMenu: {
    scene: 'chip',
    steps: async (page) => {
      await page.getByRole('button', { name: /Switch the slot/ }).click();
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  slot: {
    scene: 'chip',
    steps: async (page) => {
      await page.getByRole('button', { name: /Switch the slot/ }).click();
      await page.getByRole('menuitem', { name: /eSIM/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  report: {
    scene: 'chip',
    steps: async (page) => {
      await page.getByRole('button', { name: 'More for this device' }).click();
      await page.getByRole('menuitem', { name: 'Save compatibility report' }).click();
      await page.getByRole('button', { name: 'Make report' }).click();
      await page.getByText(/^Saved as/).waitFor();
    },
  },
  history: { scene: 'chip', steps: tab('History') },
  pin: {
    scene: 'pin',
    steps: async (page) => {
      await page.getByLabel('PIN', { exact: true }).fill('1234');
      await page.getByRole('button', { name: 'Enter PIN' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  puk: { scene: 'puk', steps: tab('Chip') },
  network: { scene: 'ready', steps: tab('Network') },
  verifying: { scene: 'verifying', steps: tab('Network') },
  verifyingOrder: { scene: 'verifying', steps: nothing },
  verified: { scene: 'verified', steps: tab('Network') },
  denied: { scene: 'denied', steps: tab('Network') },
  smdpUnread: { scene: 'smdpUnread', steps: nothing },
  smdpOther: { scene: 'smdpOther', steps: nothing },
  smdpSame: { scene: 'smdpSame', steps: nothing },
  paletteDevice: {
    scene: 'chip',
    steps: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder('Device, order, EID, action').fill('e');
    },
  },
  simNew: { scene: 'simNew', steps: nothing },
  simNewBottom: { scene: 'simNew', steps: bottom(nothing) },
  simNewOrders: { scene: 'simNew', steps: bottom(view('Orders')) },
  simWished: { scene: 'simWished', steps: bottom(nothing) },
  simOffline: { scene: 'simOffline', steps: bottom(nothing) },
  simScheduled: { scene: 'simScheduled', steps: bottom(nothing) },
  simDone: { scene: 'simDone', steps: bottom(nothing) },
  simDoneOrders: { scene: 'simDone', steps: view('Orders') },
  simStopped: { scene: 'simStopped', steps: bottom(nothing) },
  simNextOrders: { scene: 'simNext', steps: view('Orders') },
  simStoppedOrders: {
    scene: 'simStopped',
    steps: async (page) => {
      await view('Orders')(page);
      await page.getByRole('region', { name: 'SIM', exact: true }).scrollIntoViewIfNeeded();
    },
  },
  simNext: { scene: 'simNext', steps: nothing },
  activate: { scene: 'simNew', steps: activate },
  activateFleets: {
    scene: 'simNew',
    steps: async (page) => {
      await activate(page);
      await page.getByRole('combobox', { name: 'Fleet' }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  activateFilled: {
    scene: 'simNew',
    steps: async (page) => {
      await activate(page);
      await page.getByRole('combobox', { name: 'Fleet' }).fill('Pilot Fleet');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Put in {imei}/ }).click();
    },
  },
  activateWrong: {
    scene: 'simNew',
    steps: async (page) => {
      await activate(page);
      await page.getByLabel('Unique name').fill('bench-{sn}');
      await page.keyboard.press('Enter');
    },
  },
  activateTaken: {
    scene: 'simStopped',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Change …' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  activateOffline: { scene: 'simOffline', steps: activate },
  activateNone: { scene: 'simNoFleets', steps: activate },
  byItselfReady: { scene: 'byItself', steps: nothing },
  byItselfAccount: { scene: 'byItself', steps: view('Account') },
  byItselfDialog: {
    scene: 'byItself',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await page.waitForTimeout(100);
    },
  },
  empty: { scene: 'empty', steps: nothing },
  ready: { scene: 'ready', steps: nothing },
  reading: { scene: 'reading', steps: nothing },
  noAccount: { scene: 'noAccount', steps: nothing },
  invalid: { scene: 'invalid', steps: nothing },
  reserving: { scene: 'reserving', steps: nothing },
  available: { scene: 'available', steps: nothing },
  availableLogOpen: { scene: 'availableLogOpen', steps: nothing },
  portBusy: { scene: 'portBusy', steps: nothing },
  refused: { scene: 'refused', steps: nothing },
  unconfirmed: { scene: 'unconfirmed', steps: nothing },
  nothingFound: { scene: 'nothingFound', steps: nothing },
  choice: { scene: 'choice', steps: nothing },
  offline: { scene: 'offline', steps: nothing },
  demo: { scene: 'demo', steps: nothing },
  installed: { scene: 'installed', steps: nothing },
  exists: {
    scene: 'ready',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Order profile' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  addPort: { scene: 'ready', steps: view('Add a port') },
  qr: {
    scene: 'available',
    steps: async (page) => {
      await page.keyboard.press('f');
      await page.getByRole('dialog').waitFor();
    },
  },
  keys: { scene: 'ready', steps: async (page) => page.keyboard.press('?') },
  palette: {
    scene: 'ready',
    steps: async (page) => {
      await page.keyboard.press('Control+k');
      await page
        .getByRole('dialog')
        .getByRole('searchbox')
        .or(page.getByPlaceholder('Device, order, EID, action'))
        .fill('que');
    },
  },
  orders: { scene: 'ready', steps: view('Orders') },
  ordersEmpty: { scene: 'empty', steps: view('Orders') },
  ordersMatching: { scene: 'matching', steps: view('Orders') },
  ordersThousands: { scene: 'thousands', steps: view('Orders') },
  ordersNone: {
    scene: 'ready',
    steps: async (page) => {
      await view('Orders')(page);
      await page.getByRole('searchbox').fill('nowhere');
    },
  },
  newOrder: {
    scene: 'ready',
    steps: async (page) => {
      await page.keyboard.press('Control+n');
      await page.getByLabel('EID', { exact: true }).fill('8904 9032 1234 5123 4512 3456 7890 1234');
    },
  },
  newOrderValid: {
    scene: 'ready',
    steps: async (page) => {
      await page.keyboard.type('89001012012341234012345678901224', { delay: 2 });
      await page.keyboard.press('Enter');
    },
  },
  account: { scene: 'ready', steps: view('Account') },
  accountBottom: {
    scene: 'ready',
    steps: async (page) => {
      await view('Account')(page);
      await page.locator('.pane').evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
    },
  },
  proxies: {
    scene: 'proxies',
    steps: async (page) => {
      await view('Account')(page);
      await page.getByText('Logins for proxies').scrollIntoViewIfNeeded();
    },
  },
  proxiesLocked: {
    scene: 'proxies',
    steps: async (page) => {
      await view('Account')(page);
      await page.getByRole('button', { name: 'Forget the login for proxy.example:3128' }).click();
      await page.getByText('For support').scrollIntoViewIfNeeded();
    },
  },
  accountRejected: { scene: 'rejected', steps: view('Account') },
  accountKeychain: {
    scene: 'noAccount',
    steps: async (page) => {
      await view('Account')(page);
      await page.getByLabel('Account SID').fill('AC0123456789abcdef0123456789abcdef');
      await page.getByLabel('API key SID').fill('SK0123456789abcdef0123456789abcdef');
      await page.getByLabel('API key secret').fill('not a real one');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('For support').waitFor();
    },
  },
  accountEmpty: { scene: 'noAccount', steps: view('Account') },
  accounts: { scene: 'accounts', steps: view('Account') },
  accountsMenu: {
    scene: 'accounts',
    steps: async (page) => {
      await page.getByRole('button', { name: /Account in use/ }).click();
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  accountsAdd: {
    scene: 'accounts',
    steps: async (page) => {
      await view('Account')(page);
      await page.getByRole('button', { name: 'Add an account' }).click();
    },
  },
  accountsClear: {
    scene: 'accounts',
    steps: async (page) => {
      await moreFor('Workshop', 'Clear account')(page);
    },
  },
  accountsImport: {
    scene: 'accounts',
    steps: async (page) => {
      await view('Account')(page);
      await page.getByRole('button', { name: 'Import accounts' }).click();
      await page.getByText('2 accounts added').first().waitFor();
      await page.locator('.accounts-note').scrollIntoViewIfNeeded();
    },
  },
  accountKore: {
    scene: 'kore',
    steps: async (page) => {
      await view('Account')(page);
      await page.getByLabel('Client ID').fill('two words');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
    },
  },
  accountRename: {
    scene: 'accounts',
    steps: async (page) => {
      await moreFor('Workshop', 'Rename')(page);
      await page.getByRole('textbox', { name: 'Name' }).fill('Field trial in the north');
    },
  },
  providerSide: { scene: 'history', steps: atProvider },
  historyOurs: {
    scene: 'history',
    steps: async (page) => {
      await atProvider(page);
      await page.getByRole('row').nth(2).click();
    },
  },
  historyOther: {
    scene: 'history',
    steps: async (page) => {
      await atProvider(page);
      await page.getByRole('row').nth(1).click();
    },
  },
  historyFailed: {
    scene: 'history',
    steps: async (page) => {
      await atProvider(page);
      await page.getByRole('row').nth(7).click();
    },
  },
  historyTyping: {
    scene: 'history',
    steps: async (page) => {
      await atProvider(page);
      await page.getByRole('textbox', { name: 'EID' }).fill('8904 4011 1122 33');
    },
  },
  historyStatus: {
    scene: 'history',
    steps: async (page) => {
      await atProvider(page);
      await page.getByRole('combobox', { name: 'Status' }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  historyNoneFit: {
    scene: 'history',
    steps: async (page) => {
      await atProvider(page);
      await page.getByRole('textbox', { name: 'EID' }).fill('89049032123451234512345678901235');
      await page.getByText('No profile fits').waitFor();
    },
  },
  historyEnd: {
    scene: 'history',
    steps: async (page) => {
      await atProvider(page);
      const grid = page.getByRole('grid');
      for (const key of ['End', 'End', 'End']) {
        await grid.press(key);
        await page.waitForTimeout(200);
      }
      await page.locator('.grid-place').evaluate((list) => list.scrollTo(0, list.scrollHeight));
    },
  },
  historyEmpty: { scene: 'historyOne', steps: atProvider },
  historyWaiting: { scene: 'historyWaiting', steps: atProvider },
  historyOffline: { scene: 'historyOffline', steps: atProvider },
  historyRejected: { scene: 'historyRejected', steps: atProvider },
  historyStale: {
    scene: 'historyStale',
    steps: async (page) => {
      await atProvider(page);
      await page.getByRole('button', { name: 'Ask again' }).click();
      await page.getByText('What is shown is as of').waitFor();
    },
  },
  historyIncomplete: { scene: 'historyIncomplete', steps: atProvider },
  historyNoAccount: { scene: 'noAccount', steps: atProvider },
  historyNoneInUse: { scene: 'noneInUse', steps: atProvider },
  accountsNone: { scene: 'noneInUse', steps: view('Account') },
  accountsOrders: { scene: 'accounts', steps: view('Orders') },
  accountsOrderOther: {
    scene: 'accounts',
    steps: async (page) => {
      await view('Orders')(page);
      await page.getByRole('row').nth(2).click();
    },
  },
  accountsOrderGone: {
    scene: 'accounts',
    steps: async (page) => {
      await view('Orders')(page);
      await page.getByRole('row').nth(3).click();
    },
  },
};
