// Light or dark, as the system says or as the reader chose; and the colours that charts draw with.
// Blue gains and orange losses differ in lightness too, so they are told apart without colour vision and in grey print.

export type Palette = {
  ink: string;
  muted: string;
  line: string;
  ground: string;
  none: string;
  gain: string;
  loss: string;
  total: string;
  up: string[]; // strongest first
  down: string[];
  series: string[];
};

const light: Palette = {
  ink: '#1b1f24', muted: '#57606a', line: '#d0d7de', ground: '#ffffff', none: '#f3f4f6', gain: '#1f5f8b', loss: '#b35806', total: '#30363d',
  up: ['#1f5f8b', '#6ea6cc', '#b4d2e6', '#e1edf5'], down: ['#b35806', '#e59a4f', '#f6cb9c', '#fcecd9'],
  series: ['#1f5f8b', '#e08a2e', '#3a9188', '#8c6bb1', '#7a7f85', '#a63d57', '#b8a13a'],
};
const dark: Palette = {
  ink: '#e6edf3', muted: '#9da7b3', line: '#3a424c', ground: '#14181d', none: '#22282f', gain: '#79b8e8', loss: '#f0a04b', total: '#c3ccd6',
  up: ['#8cc8f5', '#4a8fc2', '#2c5f86', '#20374a'], down: ['#f7ac5c', '#b96f22', '#764714', '#40301f'],
  series: ['#79b8e8', '#f0a04b', '#5cc2b5', '#b79bdc', '#a2a9b1', '#e07f98', '#d6c25e'],
};

/** What charts are drawn for on paper: light whatever the screen shows; shrunk onto A4, so that two go on a page and 12 px become 7.5 points. */
export const paper = { palette: light, width: 820 };

const system = matchMedia('(prefers-color-scheme: dark)');

function remembered(): 'light' | 'dark' | null {
  try {
    const value = localStorage.getItem('theme');
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null; // storage may be forbidden
  }
}

const state = $state({ chosen: remembered(), system: system.matches });
system.addEventListener('change', (event) => (state.system = event.matches));

export const theme = {
  get dark(): boolean {
    return state.chosen ? state.chosen === 'dark' : state.system;
  },
  get palette(): Palette {
    return this.dark ? dark : light;
  },
  toggle(): void {
    state.chosen = this.dark ? 'light' : 'dark';
    try {
      localStorage.setItem('theme', state.chosen);
    } catch {
      // it then lasts until the page is closed
    }
  },
};
