// What a map shows, as the desk tells it and as GeoJSON.
import type * as GeoJSON from "geojson";

export interface Point {
  id: string;
  title: string;
  place: string;
  latitude: number;
  longitude: number;
  family: string;
  look: string;
}
export interface Region {
  name: string;
  latitude: number;
  longitude: number;
  events: number;
}
export interface Shapes {
  points: Point[];
  regions: Region[];
  countries: Record<string, number>;
}
export type Land = GeoJSON.FeatureCollection<
  GeoJSON.Polygon | GeoJSON.MultiPolygon,
  { code: string | null }
>;
type Place = [longitude: number, latitude: number];

const RADIUS = 75; // kilometres of the disc that stands for a region
const DEGREE = 111.32; // kilometres of a degree of latitude

/** Returns events as points, each with the name of its picture. */
export function pins(points: Point[]): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: points.map(({ id, title, place, longitude, latitude, family, look }) => ({
      type: "Feature",
      properties: { id, title, place, icon: `${look}-${family}` },
      geometry: { type: "Point", coordinates: [longitude, latitude] },
    })),
  };
}

/** Returns regions as discs around their middles. */
export function discs(regions: Region[]): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: regions.map(({ name, events, longitude, latitude }) => ({
      type: "Feature",
      properties: { name, events },
      geometry: { type: "Polygon", coordinates: [ring(longitude, latitude)] },
    })),
  };
}

/** Returns places that a map has to reach to for all of it to be seen. */
export function extent(of: Shapes, land: Land): Place[] {
  const points = of.points.map(({ longitude, latitude }): Place => [longitude, latitude]);
  const regions = of.regions.flatMap(({ longitude, latitude }) => ring(longitude, latitude));
  const countries = land.features
    .filter(({ properties: { code } }) => code !== null && code in of.countries)
    .flatMap(({ geometry }) => largest(geometry));
  return [...points, ...regions, ...countries];
}

function ring(longitude: number, latitude: number): Place[] {
  const wide = RADIUS / DEGREE / Math.max(Math.cos((latitude * Math.PI) / 180), 0.1);
  return Array.from({ length: 49 }, (_, at) => {
    const turn = (at * Math.PI) / 24;
    return [longitude + wide * Math.cos(turn), latitude + (RADIUS / DEGREE) * Math.sin(turn)];
  });
}

/** Returns the outline of a country's largest part: islands far away do not count. */
function largest(of: GeoJSON.Polygon | GeoJSON.MultiPolygon): Place[] {
  const parts = of.type === "Polygon" ? [of.coordinates] : of.coordinates;
  const outlines = parts.map((part) => part[0] ?? []).sort((a, b) => b.length - a.length);
  return (outlines[0] ?? []) as Place[];
}
