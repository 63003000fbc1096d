// Where the reader is, as the part of the address after #: /result/ID is ['result', 'ID'].

export const route = $state({ parts: parse() });

function parse(): string[] {
  return location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
}

addEventListener('hashchange', () => {
  if (location.hash.startsWith('#/') || location.hash === '') route.parts = parse();
});

export const to = (...parts: string[]) => `#/${parts.map(encodeURIComponent).join('/')}`;

export function go(...parts: string[]): void {
  location.hash = to(...parts);
}
