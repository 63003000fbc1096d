// Outlines for the regions of the accounts: those that come with the page, or the reader's own file.
import { extent, geojsonOf, type Feature, type Stored } from './geometry';

export type Outlines = { name: string; source: string; geojson: object; wide: boolean; aspect: number; missing: string[] };

/** At least half of the regions must be found, else a map would mislead. */
const enough = (codes: string[], missing: string[]) => missing.length <= codes.length / 2;

export async function fittingOutlines(codes: string[]): Promise<Outlines | null> {
  const shipped = [
    { name: 'finland', load: async () => (await import('./finland.json')).default as unknown as Stored },
    { name: 'world', load: async () => (await import('./world.json')).default as unknown as Stored },
  ];
  for (const { name, load } of shipped) {
    const stored = await load();
    const known = new Set(stored.areas.map((a) => a.code));
    const missing = codes.filter((code) => !known.has(code));
    if (!enough(codes, missing)) continue;
    const geojson = geojsonOf(stored);
    return { name, missing, source: stored.about.source, geojson, ...extent(geojson.features) };
  }
  return null;
}

let loaded = 0;

/** A file of the reader: read here and sent nowhere. */
export function readOutlines(text: string, file: string, codes: string[]): Outlines {
  let data: { type?: string; features?: Feature[] };
  try {
    data = JSON.parse(text) as typeof data;
  } catch {
    throw new Error(`${file} is not JSON; export the outlines as GeoJSON`);
  }
  if (data.type !== 'FeatureCollection' || !Array.isArray(data.features)) throw new Error(`${file} holds no FeatureCollection; export the outlines as GeoJSON, longitude and latitude in degrees`);
  const shapes = data.features.filter((f) => f?.geometry && (f.geometry.type === 'Polygon' || f.geometry.type === 'MultiPolygon'));
  const property = ['code', 'CODE', 'id', 'iso', 'ISO', 'ADM0_A3', 'name'].find((p) => shapes.some((f) => codes.includes(String(f.properties?.[p]))));
  if (!property) throw new Error(`no outline in ${file} has the code of a region; the codes are ${codes.slice(0, 5).join(', ')} …; give each feature a property "code"`);
  const codeOf = (f: Feature) => String(f.properties?.[property]);
  const features: Feature[] = shapes.map((f) => ({ type: 'Feature', properties: { code: codeOf(f) }, geometry: f.geometry }));
  const known = new Set(shapes.map(codeOf));
  const missing = codes.filter((code) => !known.has(code));
  return { name: `own-${++loaded}`, source: `Outlines from ${file}`, geojson: { type: 'FeatureCollection', features }, ...extent(features), missing };
}
