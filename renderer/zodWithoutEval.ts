import { z } from 'zod';

// zod compiles its checks with `new Function` where it may. The window's policy forbids that, so it must not even be
// tried. This has to run before any schema is made: keep it the first import of main.tsx.
z.config({ jitless: true });
