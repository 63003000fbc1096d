// A chart's numbers as a table: what the reader sees under "Table" and what the download holds.

export type Column = { name: string; number?: boolean };
export type Table = { columns: Column[]; rows: (string | number | null)[][] };

/** Text that a spreadsheet would take for a formula is told to be text; numbers stay numbers. */
function text(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** In full precision; empty where there is no number. */
export function csv(table: Table): string {
  const cell = (value: string | number | null) => (value === null ? '' : typeof value === 'number' ? (Number.isFinite(value) ? String(value) : '') : text(value));
  const lines = [table.columns.map((column) => text(column.name)), ...table.rows.map((row) => row.map(cell))];
  return lines.map((line) => line.join(',')).join('\r\n') + '\r\n';
}

export function download(name: string, data: string | Blob, type = 'text/csv;charset=utf-8'): void {
  const link = document.createElement('a');
  const address = URL.createObjectURL(data instanceof Blob ? data : new Blob([data], { type }));
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
