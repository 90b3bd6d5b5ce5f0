// Bundles the desk's modules and styles into the package, with the shapes that maps are drawn of.
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { geoEquirectangular } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import { build } from "esbuild";
import iso from "i18n-iso-countries";
import { feature } from "topojson-client";
import { lean, source } from "./lean.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const kept = here("../src/tocsin/desk/static/dist");
// Where it is built, so that a desk which is open finds either the old files or the new.
const out = `${kept}.${process.pid}`;
// Shapes without a number of ISO 3166, by the codes that Tocsin has for them.
const unlisted = { Kosovo: "XKX", Somaliland: "XSL", "N. Cyprus": "XNC" };
const DIGITS = 100; // of a degree: about a kilometre

await mkdir(out, { recursive: true });
await build({
  entryPoints: {
    desk: here("src/desk.ts"),
    style: here("src/style.css"),
    map: here("src/map.ts"),
    "map-worker": source("source/worker.ts"),
  },
  plugins: [lean],
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  // As MapLibre is built itself: its classes declare fields that those above them set.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});
await copyFile(here("node_modules/maplibre-gl/dist/maplibre-gl.css"), `${out}/map.css`);
await writeFile(`${out}/world.json`, await world());
await rm(kept, { recursive: true, force: true });
await rename(out, kept);

/** Returns the countries of the world as GeoJSON, each with its code, cut where the days meet. */
async function world() {
  const file = here("node_modules/world-atlas/countries-50m.json");
  const atlas = JSON.parse(await readFile(file, "utf8"));
  const flat = geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).reflectY(true).precision(0);
  const features = feature(atlas, atlas.objects.countries).features.map((one) => ({
    type: "Feature",
    properties: { code: iso.numericToAlpha3(one.id ?? "") ?? unlisted[one.properties.name] ?? null },
    geometry: geoProject(one.geometry, flat),
  }));
  const rounded = (_, value) =>
    typeof value === "number" ? Math.round(value * DIGITS) / DIGITS : value;
  return JSON.stringify({ type: "FeatureCollection", features }, rounded);
}
