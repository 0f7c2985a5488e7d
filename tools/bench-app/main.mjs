// Runs one built benchmark in Electron's main process: electron bench-app <module> <file>
import { app } from 'electron';

app.on('window-all-closed', () => {});
app.whenReady().then(() =>
  import('../lib/benchHost.mjs').catch((error) => {
    console.error(error);
    app.exit(1);
  }),
);
