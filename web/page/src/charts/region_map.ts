// Areas in classes of colour. Codes of the accounts and of the outlines meet here.
import { signed, withUnit } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, classes, tooltip, type Option } from './option';

export type Area = { code: string; name: string; value: number };

/** The world is flat; anything else is as tall as the bars beside it. */
export const mapHeight = (wide: boolean, beside: number) => (width: number) => (wide ? Math.round(Math.min(440, Math.max(230, width * 0.42 + 50))) : Math.max(460, beside));

export function regionMap(palette: Palette, map: string, areas: Area[], unit: string, size: { width: number; height: number }, shape: { wide: boolean; aspect: number }): Option {
  const largest = Math.max(0, ...areas.map((a) => Math.abs(a.value)));
  const byCode = new Map(areas.map((a) => [a.code, a]));
  const narrow = size.width < 520;
  const beside = narrow ? 0 : 120; // the legend
  const [room, tall] = [size.width - beside - 8, size.height - (narrow ? 32 : 8)];
  return {
    ...base(palette),
    tooltip: tooltip(palette, (data) => {
      const area = byCode.get(data.name);
      return area ? `${area.name}\n${withUnit(signed(area.value), unit)}` : `${data.name}\nnot in the accounts`;
    }),
    visualMap: { ...classes(palette, largest, !narrow ? 'upright' : size.width < 420 ? 'tight' : 'lying'), ...{ left: 0, bottom: 0 } },
    series: [
      {
        type: 'map', map, nameProperty: 'code', roam: false, aspectScale: shape.aspect, selectedMode: false,
        layoutCenter: [beside + room / 2, 4 + tall / 2], layoutSize: shape.wide ? Math.min(room, tall * 2.35) : Math.min(tall, room * 1.6),
        itemStyle: { areaColor: palette.ground, borderColor: palette.muted, borderWidth: 0.6 },
        emphasis: { label: { show: false }, itemStyle: { areaColor: undefined, borderColor: palette.ink, borderWidth: 1.6 } },
        label: { show: false },
        data: areas.map((a) => ({ name: a.code, value: a.value })),
      },
    ],
  } as Option;
}
