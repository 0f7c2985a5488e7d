import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** Mantine wants ten shades; the ones in use are set by name in tokens.css, so that both themes are drawn, not derived. */
const phosphor: MantineColorsTuple = [
  '#e6f5ee',
  '#cdebdd',
  '#9bd8bd',
  '#66c59b',
  '#45d29b',
  '#2fb583',
  '#12835d',
  '#00684a',
  '#00543b',
  '#003c2a',
];

const variantColorResolver: VariantColorsResolver = (input) => {
  const plain = input.color === undefined || input.color === input.theme.primaryColor;
  if (plain && input.variant === 'filled') {
    return {
      background: 'var(--accent)',
      hover: 'var(--accent-hover)',
      color: 'var(--on-accent)',
      border: '1px solid transparent',
    };
  }
  if (plain && (input.variant === 'subtle' || input.variant === 'transparent')) {
    return {
      background: 'transparent',
      hover: 'var(--hover)',
      color: 'var(--text)',
      border: '1px solid transparent',
    };
  }
  if (input.color === 'red' && input.variant === 'filled') {
    return {
      background: 'var(--red)',
      hover: 'var(--red)',
      color: 'var(--on-red)',
      border: '1px solid transparent',
    };
  }
  return defaultVariantColorsResolver(input);
};

export const SANS = "'Atkinson Hyperlegible Next Variable', 'Segoe UI', system-ui, 'DejaVu Sans', sans-serif";
export const MONO =
  "'Atkinson Hyperlegible Mono Variable', ui-monospace, 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', monospace";

export const theme = createTheme({
  primaryColor: 'phosphor',
  primaryShade: { light: 7, dark: 4 },
  colors: { phosphor },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: SANS, fontWeight: '650' },
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.375rem' },
  fontWeights: { regular: '400', medium: '600', bold: '700' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    // The body never scrolls, so there is no scroll bar to hold back (and no style element to be put in for it).
    Modal: {
      defaultProps: {
        lockScroll: false,
        centered: true,
        transitionProps: { transition: 'fade', duration: 120 },
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.5, color: '#000' },
        padding: 'lg',
        radius: 'lg',
        // A dialog's header is not the page's.
        attributes: { header: { role: 'none' } },
      },
    },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 100 } } },
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 100 },
        position: 'bottom-end',
        // In the landmark where its button is, and with nothing in it but its items: the first one has the focus.
        withinPortal: false,
        floatingStrategy: 'fixed',
        withInitialFocusPlaceholder: false,
      },
    },
    TextInput: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    PasswordInput: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    NativeSelect: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Autocomplete: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
  },
});

/** Mantine's own names, pointed at ours. */
const ours = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-error': 'var(--red)',
  '--mantine-color-success': 'var(--accent-text)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--disabled)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-phosphor-filled': 'var(--accent)',
  '--mantine-color-phosphor-filled-hover': 'var(--accent-hover)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
