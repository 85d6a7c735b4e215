// Which places lie in reach of another: those of the same agglomeration first, then by the great circle, as
// kg/analysis/gaps/reach.py orders them.

const RADIUS = 6_371.0088; // kilometres; the mean radius of GRS 80

/** Kilometres along the great circle between two points of latitude and longitude in degrees. */
function kilometres([latitude, longitude], [otherLatitude, otherLongitude]) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const across = Math.sin(radians(otherLatitude - latitude) / 2) ** 2;
  const along = Math.cos(radians(latitude)) * Math.cos(radians(otherLatitude)) * Math.sin(radians(otherLongitude - longitude) / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(across + along)));
}

/** Those of some places that are neither the place, nor in it, nor around it: {place, shared, km or null}. */
export function ordered(chains, places, place) {
  const { inside, around } = chains.area(place);
  const own = agglomerations(chains, place);
  return places.filter((other) => other !== place && !inside.has(other) && !around.has(other))
    .map((other) => ({
      place: other,
      shared: [...agglomerations(chains, other)].filter((each) => own.has(each)),
      km: distance(chains, place, other),
    }))
    .sort((a, b) => (a.shared.length ? 0 : 1) - (b.shared.length ? 0 : 1) || (a.km ?? Infinity) - (b.km ?? Infinity) || a.place - b.place);
}

function agglomerations(chains, place) {
  return new Set([place, ...(chains.around.get(place) ?? [])].filter((each) => chains.agglomerations.has(each)));
}

function distance(chains, place, other) {
  let least = null;
  for (const start of chains.starts.get(place) ?? []) {
    for (const end of chains.ends.get(other) ?? []) {
      const length = kilometres(chains.points.get(start), chains.points.get(end));
      if (least === null || length < least) least = length;
    }
  }
  return least;
}
