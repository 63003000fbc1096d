// The stored outlines, flat lists of degrees, as GeoJSON.

type Position = number[];
export type Feature = { type: 'Feature'; properties: Record<string, unknown> | null; geometry: { type: string; coordinates: unknown } | null };
export type Stored = { about: { title: string; source: string }; areas: { code: string; name: string; rings: number[][] }[] };

export function geojsonOf(stored: Stored): { type: string; features: Feature[] } {
  const ring = (flat: number[]): Position[] => {
    const points: Position[] = [];
    for (let i = 0; i < flat.length; i += 2) points.push([flat[i]!, flat[i + 1]!]);
    points.push(points[0]!);
    return points;
  };
  const features: Feature[] = stored.areas.map((area) => ({
    type: 'Feature',
    properties: { code: area.code },
    geometry: { type: 'MultiPolygon', coordinates: area.rings.map((flat) => [ring(flat)]) },
  }));
  return { type: 'FeatureCollection', features };
}

/** How wide the outlines are, and how much a degree of longitude is shortened in their middle. */
export function extent(features: Feature[]): { wide: boolean; aspect: number } {
  let [west, east, south, north] = [180, -180, 90, -90];
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] !== 'number') return value.forEach(visit);
    const [x, y] = value as [number, number];
    [west, east, south, north] = [Math.min(west, x), Math.max(east, x), Math.min(south, y), Math.max(north, y)];
  };
  features.forEach((feature) => visit(feature.geometry?.coordinates));
  const wide = east - west > 90;
  return { wide, aspect: wide ? 1 : Math.max(0.2, Math.cos((((south + north) / 2) * Math.PI) / 180)) };
}
