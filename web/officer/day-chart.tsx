import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import plotStyle from 'uplot/dist/uPlot.min.css' with { type: 'text' };
import { rupees } from '../app/format.ts';
import { language } from '../app/texts.ts';
import { dateText } from '../materials/request-parts.tsx';
import { addStyle } from './office-parts.tsx';
import { to } from './texts.ts';

type DayChartProps = {
  readonly days: readonly string[];
  /** Rupees. */
  readonly amounts: readonly number[];
};

const HEIGHT = 240;
const CLOTH = '#7d1a2b';

/** Sales by day as bars. The table below has the same figures. */
export const DayChart = ({ days, amounts }: DayChartProps) => {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    addStyle('plot', plotStyle);
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const font = `${rem * 0.8125}px ${getComputedStyle(element).fontFamily}`;
    const bars = uPlot.paths.bars?.({ size: [0.6, 60] });
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: [-0.6, days.length - 0.4] },
          y: { range: (_plot, _low, high) => [0, high * 1.1 || 1] },
        },
        axes: [
          {
            font,
            grid: { show: false },
            space: rem * 5,
            incrs: [1, 2, 5, 7, 10, 14, 30],
            values: (_plot, places) => places.map((place) => (days[place] ? dateText(days[place]) : '')),
          },
          { font, size: rem * 5, values: (_plot, sizes) => sizes.map((size) => rupees(Math.round(size * 100))) },
        ],
        series: [{}, { stroke: CLOTH, fill: `${CLOTH}cc`, points: { show: false }, ...(bars && { paths: bars }) }],
      },
      [days.map((_day, at) => at), [...amounts]],
      element,
    );
    const resized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      chart.destroy();
    };
  }, [days.join(), amounts.join(), language.value]);
  const most = amounts.reduce((top, amount, at) => (amount > (amounts[top] ?? 0) ? at : top), 0);
  return (
    <figure class="chart">
      <figcaption class="quiet">
        {days[most] && to('chartByDay', dateText(days[most]), rupees(Math.round((amounts[most] ?? 0) * 100)))}
      </figcaption>
      <div ref={frame} aria-hidden="true" />
    </figure>
  );
};
