import { useSignal } from '@preact/signals';
import { feature } from 'topojson-client';
import { rupees } from '../../app/format.ts';
import { nameOfArea } from '../areas.ts';
import { METRICS, type Metric, type PlaceFigures, shadeBounds, shadeOf } from '../figures.ts';
import { officeAddress } from '../route.ts';
import { to } from '../texts.ts';
import topology from './districts.topo.json' with { type: 'json' };

type Shape = { readonly id: string; readonly path: string };

const WIDTH = 680;
/** Degrees east and north of the upper left corner. */
const [LEFT, TOP] = [77.05, 30.45];
/** The cosine of 27°: degrees of longitude to degrees of latitude, in length. */
const LONGITUDE_SCALE = 0.891;

type Ring = readonly (readonly number[])[];
type DistrictFeature = {
  readonly id: string;
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };
};

/** An SVG path of each district. Units are hundredths of a degree of latitude. */
const shapesOf = (): readonly Shape[] => {
  const { features } = feature(topology as never, topology.objects.districts as never) as unknown as {
    readonly features: readonly DistrictFeature[];
  };
  return features.map(({ id, geometry }) => {
    const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
    return { id, path: rings.map(pathOf).join('') };
  });
};

const pathOf = (ring: Ring): string => {
  const points = ring.map(
    ([east = 0, north = 0]) => `${hundredths((east - LEFT) * LONGITUDE_SCALE)} ${hundredths(TOP - north)}`,
  );
  return `M${points.join('L')}Z`;
};

const hundredths = (degrees: number): number => Math.round(degrees * 100);

let shapes: readonly Shape[] | undefined;

type DistrictMapProps = {
  readonly rows: readonly PlaceFigures[];
  readonly metric: Metric;
  readonly onMetric: (metric: Metric) => void;
};

/** Keyboards and screen readers skip the map: the table beside it has the same figures. */
export const DistrictMap = ({ rows, metric, onMetric }: DistrictMapProps) => {
  shapes ??= shapesOf();
  const pointed = useSignal<string | undefined>(undefined);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const bounds = shadeBounds(rows.map((row) => Number(row[metric])));
  const text = (value: number | bigint) => (metric === 'sales' ? rupees(value) : String(value));
  const shown = pointed.value === undefined ? undefined : byId.get(pointed.value);
  return (
    <section class={`map ${metric}`} aria-label={to('map')}>
      <fieldset class="choices" aria-label={to('metric')}>
        {METRICS.map((one) => (
          <button key={one} type="button" aria-pressed={one === metric} onClick={() => onMetric(one)}>
            {to(one)}
          </button>
        ))}
      </fieldset>
      <p class="map-caption" aria-hidden="true">
        {shown ? (
          <>
            <b>{nameOfArea(shown.id)}</b> {to(metric)}: <b>{text(shown[metric])}</b>
          </>
        ) : (
          to('mapHint')
        )}
      </p>
      <svg viewBox={`0 0 ${WIDTH} 668`} aria-hidden="true" onPointerLeave={() => (pointed.value = undefined)}>
        {shapes.map(({ id, path }) => {
          const row = byId.get(id);
          const shade = row ? shadeOf(Number(row[metric]), bounds) : 0;
          const drawn = <path d={path} class={row ? `shade-${shade}` : 'elsewhere'} data-district={id} />;
          if (!row) return drawn;
          return (
            <a key={id} href={officeAddress('district', id)} tabindex={-1} onPointerEnter={() => (pointed.value = id)}>
              {drawn}
            </a>
          );
        })}
      </svg>
      <Legend bounds={bounds} text={text} />
      <p class="map-source">{to('mapSource')}</p>
    </section>
  );
};

const Legend = ({ bounds, text }: { bounds: readonly number[]; text: (value: number) => string }) => (
  <ul class="legend" aria-hidden="true">
    <li>
      <span class="swatch shade-0" /> {to('none')}
    </li>
    {bounds.map((bound) => (
      <li key={bound}>
        <span class={`swatch shade-${shadeOf(bound, bounds)}`} /> ≤ {text(bound)}
      </li>
    ))}
  </ul>
);
