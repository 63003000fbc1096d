// Numbers as the report prints them: three significant digits, a true minus, a narrow space between thousands.

const minus = '\u2212';
const thin = '\u202f';
export const missing = '–';

function grouped(text: string): string {
  const [whole, part] = text.split('.');
  const spaced = whole!.length > 4 ? whole!.replace(/\B(?=(\d{3})+$)/g, thin) : whole!;
  return part ? `${spaced}.${part}` : spaced;
}

/** Three significant digits, whole numbers never cut. */
export function plain(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing;
  if (value === 0) return '0';
  const size = Math.abs(value);
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const text = places > 8 ? size.toExponential(digits - 1) : size.toFixed(places);
  return (value < 0 ? minus : '') + (places > 8 ? text : grouped(text));
}

/** With its sign, also where it is a gain. */
export function signed(value: number | null | undefined, digits = 3): string {
  const text = plain(value, digits);
  return value !== null && value !== undefined && value > 0 && text !== missing ? `+${text}` : text;
}

/** For axes and classes: no zeros at the end, with a sign where one is wanted. */
export const brief = (value: number) => plain(Number(value.toPrecision(3))).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
export const briefSigned = (value: number) => (value > 0 ? `+${brief(value)}` : brief(value));

export function withUnit(text: string, unit: string): string {
  if (text === missing || !unit) return text;
  return `${text}${unit === '%' ? '\u00a0%' : ` ${unit}`}`;
}

const words: [number, string][] = [[1e12, 'trillion'], [1e9, 'billion'], [1e6, 'million'], [1e3, 'thousand']];

/** An amount in single units in words: 84e6 is "84.0 million". */
export function inWords(value: number): string {
  for (const [size, word] of words) if (Math.abs(value) >= size) return `${plain(value / size)} ${word}`;
  return plain(value);
}

/** `gross_to_net` is "Gross to net". */
export function spelled(name: string): string {
  const text = name.replaceAll('_', ' ').replace('percent', 'in %').replace(/\bgdp\b/, 'GDP').replace(/\bgni\b/, 'GNI');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
