/** Width and height of the chart of weeks, and width of a bar beside a row, in the units of the page's drawings. */
const CHART = { width: 320, height: 96 };
/** Bars that the chart has room for at least: one alone stays a bar. */
const BARS_MIN = 6;
const ROW_WIDTH = 100;
const ROW_HEIGHT = 8;

/** Upright bars, one a value, as the path of a drawing; the highest value of `most` fills the height. */
export function drawBars(values: readonly number[], most: number): string {
  const step = CHART.width / Math.max(values.length, BARS_MIN);
  const bar = (value: number, at: number) => {
    const height = round((CHART.height * value) / Math.max(most, 1));
    return `M${round(at * step)} ${CHART.height}v${-height}h${round(step * 0.7)}v${height}z`;
  };
  return values.map(bar).join('');
}

/** One bar that lies, as long as its part of the largest value. */
export function drawRowBar(value: number, most: number): string {
  return `M0 0h${round((ROW_WIDTH * value) / Math.max(most, 1))}v${ROW_HEIGHT}H0z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
