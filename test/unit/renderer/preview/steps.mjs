/** What to look at: a scene and how to get there from the window's start. */
const nothing = async () => {};
const view = (name) => async (page) => page.getByRole('button', { name, exact: true }).click();

export const STEPS = {
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
};
