// Flows between named places. Ids tell places apart, names are shown: a seller and a buyer may have one name.
import { plain, withUnit } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, label, tooltip, type Option } from './option';

export type Node = { id: string; name: string; kind?: string; left?: boolean }; // left: its name stands outside, on the left
export type Link = { from: string; to: string; value: number; colour?: string; shown?: string };

export function sankey(palette: Palette, nodes: Node[], links: Link[], unit: string, width: number): Option {
  const byId = new Map(nodes.map((n) => [n.id, n]));
  const kinds = [...new Set(nodes.map((n) => n.kind ?? ''))];
  const side = width < 560 ? 84 : width < 900 ? 150 : 210;
  return {
    ...base(palette),
    tooltip: tooltip(palette, (data) => {
      if (data.dataType === 'node') return byId.get(data.name)?.name ?? '';
      const link = links[data.dataIndex]!;
      return `${byId.get(link.from)?.name} → ${byId.get(link.to)?.name}\n${link.shown ?? withUnit(plain(link.value), unit)}`;
    }),
    series: [
      {
        type: 'sankey', left: nodes.some((n) => n.left) ? side : 4, right: side, top: 8, bottom: 8, nodeWidth: 10, nodeGap: 13, draggable: false, emphasis: { focus: 'adjacency' },
        label: { ...label(palette, { fontSize: 11.5 }), formatter: (data: { name: string }) => byId.get(data.name)?.name ?? '', width: side - 14, overflow: 'truncate' },
        data: nodes.map((n) => ({ name: n.id, ...(n.left ? { label: { position: 'left' } } : {}), itemStyle: { color: palette.series[kinds.indexOf(n.kind ?? '') % palette.series.length], borderWidth: 0 } })),
        links: links.map((l) => ({ source: l.from, target: l.to, value: Math.abs(l.value), lineStyle: { color: l.colour ?? palette.muted, opacity: l.colour ? 0.55 : 0.3, curveness: 0.5 } })),
      },
    ],
  } as Option;
}
