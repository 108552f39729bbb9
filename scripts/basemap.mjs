// Makes src/rejoinder/web/data/world.json, the small map of the world that pages draw on: for each state its outline
// as an SVG path in a frame of 1000 x 487, and the point that stands for it. Run once, in a folder with
//   npm install d3-geo@3 topojson-client@3 world-atlas@2 i18n-iso-countries@7
// as:  node basemap.mjs > world.json
// Outlines: Natural Earth 1:110m, points 1:50m (public domain) by way of world-atlas (ISC). The middle of the map is 150 degrees east,
// so that the shores of the Pacific face each other.
import { createRequire } from "node:module";
import { join } from "node:path";

const from = createRequire(join(process.cwd(), "here.js"));
const { geoArea, geoCentroid, geoNaturalEarth1, geoPath } = await import(from.resolve("d3-geo"));
const { feature } = await import(from.resolve("topojson-client"));
const coarse = from("world-atlas/countries-110m.json");
const fine = from("world-atlas/countries-50m.json");
const { numericToAlpha3 } = from("i18n-iso-countries");

// States that are no more stand where the largest of those that followed stands.
const FORMER = { BRD: "DEU", CSK: "CZE", DDR: "DEU", RVN: "VNM", SCG: "SRB", SUN: "RUS", YAR: "YEM", YPR: "YEM", YUG: "SRB" };

const WIDTH = 1000, HEIGHT = 487;
const projection = geoNaturalEarth1().rotate([-150, 0]).fitSize([WIDTH, HEIGHT], { type: "Sphere" });
const path = geoPath(projection).digits(1);
const codeOf = (shape) => (shape.properties.name === "Kosovo" ? "XKX" : numericToAlpha3(shape.id));
const shapes = (atlas) => feature(atlas, atlas.objects.countries).features;
const outlines = {};
for (const shape of shapes(coarse)) {
  const drawn = path(shape);
  if (drawn) outlines[codeOf(shape) ?? `?${shape.properties.name}`] = drawn;
}
// The point is the middle of the largest piece of land: overseas islands do not pull it into the sea.
const middle = ({ type, coordinates }) => {
  const pieces = (type === "Polygon" ? [coordinates] : coordinates).map((rings) => ({ type: "Polygon", coordinates: rings }));
  return geoCentroid(pieces.reduce((one, other) => (geoArea(other) > geoArea(one) ? other : one)));
};
const points = {};
// a code may stand for islands far off, too: the largest goes last, and stays
for (const shape of shapes(fine).sort((one, other) => geoArea(one) - geoArea(other))) {
  const code = codeOf(shape);
  if (code) points[code] = projection(middle(shape.geometry)).map((value) => Math.round(value * 10) / 10);
}
for (const [code, heir] of Object.entries(FORMER)) points[code] = points[heir];
const sorted = (held) => Object.fromEntries(Object.entries(held).sort(([one], [other]) => (one < other ? -1 : 1)));
process.stdout.write(JSON.stringify({ width: WIDTH, height: HEIGHT, outlines: sorted(outlines), points: sorted(points) }) + "\n");
