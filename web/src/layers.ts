// What is drawn over what on a map, in the colours that the page has.
import type * as GeoJSON from "geojson";
import type { ExpressionSpecification, GeoJSONSource, Map as Chart } from "maplibre-gl";
import { CLUSTER, type Colours, counted, LOOKS, pin } from "./pins";
import { discs, type Land, pins, type Shapes } from "./shapes";

/** The nearest that a map comes. */
export const CLOSEST = 12;

/** Puts all of it on a map, in these colours. */
export function paint(map: Chart, land: Land, shown: Shapes, own: Colours): void {
  pictures(map, own);
  if (!map.getSource("land")) build(map, land);
  map.getSource<GeoJSONSource>("regions")?.setData(discs(shown.regions));
  map.getSource<GeoJSONSource>("points")?.setData(pins(shown.points));
  map.setPaintProperty("sea", "background-color", own.sea);
  map.setPaintProperty("land", "fill-color", own.land);
  map.setPaintProperty("borders", "line-color", own.border);
  map.setPaintProperty("areas", "fill-color", own.area);
  map.setPaintProperty("areas", "fill-opacity", density(shown.countries));
  map.setPaintProperty("regions", "fill-color", own.area);
  map.setPaintProperty("rims", "line-color", own.area);
}

function pictures(map: Chart, own: Colours): void {
  for (const look of LOOKS) {
    for (const [family, colour] of Object.entries(own.families)) {
      const [name, drawn] = [`${look}-${family}`, pin(look, colour, own.page)];
      if (map.hasImage(name)) map.updateImage(name, drawn);
      else map.addImage(name, drawn, { pixelRatio: 2 });
    }
  }
  for (const name of map.listImages().filter((one) => one.startsWith(CLUSTER))) {
    map.updateImage(name, counted(name.slice(CLUSTER.length), own));
  }
}

/** Lays out what is drawn of which source, the lowest first. */
function build(map: Chart, countries: Land): void {
  const none: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
  map.addSource("land", { type: "geojson", data: countries });
  map.addSource("regions", { type: "geojson", data: none });
  map.addSource("points", {
    type: "geojson",
    data: none,
    cluster: true,
    clusterRadius: 28,
    clusterMaxZoom: CLOSEST + 1,
    maxzoom: CLOSEST + 2,
  });
  map.addLayer({ id: "sea", type: "background" });
  map.addLayer({ id: "land", type: "fill", source: "land" });
  map.addLayer({ id: "areas", type: "fill", source: "land" });
  map.addLayer({ id: "borders", type: "line", source: "land", paint: { "line-width": 0.6 } });
  map.addLayer({ id: "regions", type: "fill", source: "regions", paint: { "fill-opacity": 0.3 } });
  map.addLayer({
    id: "rims",
    type: "line",
    source: "regions",
    paint: { "line-width": 1.2, "line-dasharray": [2, 2] },
  });
  map.addLayer({
    id: "points",
    type: "symbol",
    source: "points",
    filter: ["!", ["has", "point_count"]],
    layout: { "icon-image": ["get", "icon"], "icon-allow-overlap": true },
  });
  map.addLayer({
    id: "clusters",
    type: "symbol",
    source: "points",
    filter: ["has", "point_count"],
    layout: {
      "icon-image": ["concat", CLUSTER, ["to-string", ["get", "point_count_abbreviated"]]],
      "icon-allow-overlap": true,
    },
  });
}

/** Returns how dark each country is: four steps by how many events have no finer place. */
function density(of: Record<string, number>): ExpressionSpecification | number {
  const rows = Object.entries(of).flatMap(([code, number]) => [
    code,
    number < 2 ? 0.2 : number < 10 ? 0.3 : number < 100 ? 0.42 : 0.55,
  ]);
  if (rows.length === 0) return 0;
  return ["match", ["coalesce", ["get", "code"], ""], ...rows, 0] as unknown as ExpressionSpecification;
}
