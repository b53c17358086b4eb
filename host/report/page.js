'use strict';
// Draws the charts of the page from its data. Labels are text: nothing of them becomes markup.
const charts = JSON.parse(document.getElementById('charts').textContent);
// Okabe and Ito's, which people see apart whatever their colour vision; the light ones darker on paper.
const onPaper = ['#0072b2', '#d55e00', '#009e73', '#c26a9b', '#b07d00', '#3a94cc'];
const onDark = ['#56b4e9', '#e69f00', '#1ac79a', '#e0a3c6', '#f0e442', '#6f9be8'];
const symbols = ['circle', 'diamond', 'square', 'triangle-up', 'cross', 'star', 'x'];
const dashes = ['dot', 'dash', 'dashdot', 'longdash'];
const text = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const lines = (s) => text(s).replace(/\n/g, '<br>');
const axisName = (title) => text(title.split(/,| \(/)[0]);

// The same labels stand once: charts_json() says where.
for (const trace of charts.flatMap((chart) => chart.traces))
  if (trace.labels_of) trace.labels = charts[trace.labels_of[0]].traces[trace.labels_of[1]].labels;

// 1.3e22 FLOP, 70.2B parameters, a loss of 2.0153: as reports have them.
function number(value, axis) {
  if (axis.names.length) return text(axis.names[Math.round(value) - 1] ?? '');
  if (!axis.log) return String(Number(value.toPrecision(5)));
  const [factor, letter] = [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'k'], [1, '']].find(([own]) => value >= own) ?? [1, ''];
  const isFar = value >= 1e15 || value < 1e-3;
  return isFar ? value.toExponential(2).replace('e+', 'e') : (value / factor).toPrecision(3) + letter;
}

function hovers(trace, chart) {
  const interval = (lower, upper, axis, i) => lower.length ?
    ` (${number(lower[i], axis)} to ${number(upper[i], axis)})` : '';
  const text_of = (x, i) => `${text(trace.name)}<br>${axisName(chart.x.title)} ${number(x, chart.x)}` +
    interval(trace.x_lower, trace.x_upper, chart.x, i) + `<br>${axisName(chart.y.title)} ` +
    number(trace.y[i], chart.y) + interval(trace.lower, trace.upper, chart.y, i);
  return { text: trace.labels.length ? trace.labels.map(lines) : trace.x.map(text_of),
    hovertemplate: '%{text}<extra></extra>' };
}

function band(trace, colour) {
  const edge = (y, more) => ({ type: 'scatter', mode: 'lines', x: trace.x, y, line: { width: 0 },
    hoverinfo: 'skip', showlegend: false, legendgroup: text(trace.name), ...more });
  return [edge(trace.lower, {}), edge(trace.upper, { fill: 'tonexty', fillcolor: colour + '2e' })];
}

function contour(trace, ink) {
  return [{ type: 'contour', x: trace.x, y: trace.y, z: trace.z, ncontours: 14, showscale: false,
    contours: { coloring: 'lines', showlabels: true, labelfont: { size: 10, color: ink } },
    colorscale: [[0, '#8a8a8a'], [1, '#8a8a8a']], line: { width: 1 }, hoverinfo: 'skip',
    connectgaps: false }];
}

function points(trace, chart, colour, symbol) {
  const many = trace.x.length >= 1000, few = trace.x.length < 12 && trace.with === undefined;
  const out = { type: 'scatter', mode: trace.joined ? 'lines+markers' : 'markers', name: text(trace.name), x: trace.x, y: trace.y,
    line: { color: colour, width: 1 },
    showlegend: trace.with === undefined, legendgroup: text(chart.traces[trace.with]?.name ?? ''),
    marker: { color: colour, symbol, size: many ? 3 : few ? 10 : 6, opacity: many ? 0.35 : 0.85 } };
  const bars = (values, lower, upper) => ({ type: 'data', symmetric: false, thickness: 1, width: 0,
    color: colour, array: upper.map((end, i) => end - values[i]), arrayminus: lower.map((end, i) => values[i] - end) });
  if (trace.lower.length) out.error_y = bars(trace.y, trace.lower, trace.upper);
  if (trace.x_lower.length) out.error_x = bars(trace.x, trace.x_lower, trace.x_upper);
  if (many && !trace.labels.length) return [{ ...out, hoverinfo: 'skip' }];
  return [{ ...out, ...hovers(trace, chart) }];
}

function line(trace, chart, colour, dash) {
  const own = { type: 'scatter', mode: 'lines', name: text(trace.name), legendgroup: text(trace.name),
    x: trace.x, y: trace.y, line: { color: colour, dash, width: 2 }, ...hovers(trace, chart) };
  return trace.lower.length ? [...band(trace, colour), own] : [own];
}

function traces(chart, ink, colours) {
  let guides = 0, own = 0;
  const places = chart.traces.map((trace) => trace.with === undefined ? own++ : null);
  return chart.traces.flatMap((trace, i) => {
    const colour = colours[(places[i] ?? places[trace.with]) % colours.length];
    if (trace.kind === 'contour') return contour(trace, ink);
    if (trace.kind === 'points') return points(trace, chart, colour, symbols[(places[i] ?? 0) % symbols.length]);
    // When colours come again they are dashed.
    const round = Math.floor((places[i] ?? 0) / colours.length);
    if (trace.kind === 'line') return line(trace, chart, colour, round ? dashes[(round - 1) % dashes.length] : 'solid');
    const sole = chart.traces.filter((of) => of.kind === 'guide').length === 1;
    return line(trace, chart, sole ? '#888888' : colour, dashes[guides++ % dashes.length]);
  });
}

function style(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// The legend hides and shows by mouse; so it does by keyboard.
function reachLegend(div) {
  const shown = div.data.flatMap((own, i) => own.showlegend === false ? [] : [i]);
  div.querySelectorAll('.legend .traces').forEach((item, place) => {
    const first = div.data[shown[place]];
    const group = div.data.flatMap((own, i) => own === first || (own.legendgroup && own.legendgroup === first.legendgroup) ? [i] : []);
    for (const [name, value] of Object.entries({ tabindex: 0, role: 'button', 'aria-pressed': first.visible !== 'legendonly',
      'aria-label': 'show ' + item.textContent })) item.setAttribute(name, value);
    item.onkeydown = async (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      await Plotly.restyle(div, { visible: first.visible === 'legendonly' ? true : 'legendonly' }, group);
      reachLegend(div);
      div.querySelectorAll('.legend .traces')[place].focus();
    };
  });
}

const divOf = (i) => document.getElementById('chart' + i);
// Traces that a legend may name.
const namedIn = (chart) => chart.traces.filter((of) => of.kind !== 'contour' && of.with === undefined).length;

// width: of a chart on paper; without it as wide as the screen has room.
function draw(i, width) {
  const isDark = !width && matchMedia('(prefers-color-scheme: dark)').matches;
  const ink = width ? '#1c1c1c' : style('--ink'), grid = width ? '#dcdcd8' : style('--grid');
  const chart = charts[i], div = divOf(i), named = namedIn(chart);
  const isLarge = (values) => values.some((value) => Math.abs(value) >= 1e4);
  const axis = (of, letter) => ({ title: { text: text(of.title), standoff: 8 }, type: of.log ? 'log' : 'linear',
    exponentformat: !(of.log && of.decades > 1) && chart.traces.some((own) => isLarge(own[letter])) ? 'B' : 'power', gridcolor: grid, linecolor: grid, zeroline: false, nticks: 7,
    automargin: of.names.length > 0,
    ...(of.log && of.decades > 1 ? { dtick: Math.ceil(of.decades / 7) } : {}),
    ...(of.names.length ? { tickvals: of.names.map((_, i) => i + 1), ticktext: of.names.map(text), tickangle: of.names.length > 8 ? -40 : 0 } : {}) });
  Plotly.react(div, traces(chart, ink, isDark ? onDark : onPaper), {
    xaxis: axis(chart.x, 'x'), yaxis: axis(chart.y, 'y'), hovermode: 'closest', font: { color: ink, size: width ? 9 : 12 },
    margin: { l: width ? 48 : 66, r: 14, t: 12, b: width ? 36 : 46 }, paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
    showlegend: named > 1,
    legend: { orientation: 'h', y: 1.02, yanchor: 'bottom', x: 0, font: { size: width ? 9 : 11 } },
    ...(width ? { width, height: 300 + 18 * Number(getComputedStyle(div).getPropertyValue('--narrow-rows')) } : { autosize: true }),
  }, { responsive: !width, displaylogo: false, displayModeBar: false });
  reachLegend(div);
}

// Charts that are asked for and not drawn yet, and those that are drawn.
const wanted = new Set(), drawn = new Set();
let isDrawing = false;
// Draws the charts that come within a window's height of the window.
const near = new IntersectionObserver((seen) =>
  want(seen.filter((own) => own.isIntersecting).map((own) => Number(own.target.id.slice('chart'.length)))),
{ rootMargin: '100% 0px' });

function isShown(i) {
  const { top, bottom } = divOf(i).getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

// A chart that cannot be drawn says so in its place; the others are drawn.
function drawOrSay(i, width) {
  const div = divOf(i);
  wanted.delete(i);
  near.unobserve(div);
  try {
    draw(i, width);
  } catch (error) {
    div.textContent = 'Not drawn: ' + error;
    console.error(error);
  }
  div.removeAttribute('tabindex');
  document.body.dataset.drawn = drawn.add(i).size;
}

// One at a time, first those that the window shows, so that the page answers meanwhile.
async function want(places) {
  for (const i of places) wanted.add(i);
  if (isDrawing) return;
  isDrawing = true;
  while (wanted.size) {
    const all = [...wanted];
    drawOrSay(all.find(isShown) ?? all[0]);
    await new Promise((resume) => setTimeout(resume));
  }
  isDrawing = false;
}

// The tabulator comes to a legend before its chart is drawn, from above or from below.
function reachChart(i) {
  const div = divOf(i);
  if (namedIn(charts[i]) > 1) div.tabIndex = 0;
  div.addEventListener('focus', (event) => {
    if (drawn.has(i)) return;
    const isBelow = event.relatedTarget && div.compareDocumentPosition(event.relatedTarget) & Node.DOCUMENT_POSITION_FOLLOWING;
    drawOrSay(i);
    [...div.querySelectorAll('.legend .traces')].at(isBelow ? -1 : 0)?.focus();
  });
}

// For what needs the whole page at once: scripts/look_at_page.
function drawAll() {
  return want(charts.keys());
}

// plotly.js lies in the page as gzip in base64, or came by a script element of its own. As a file
// it is read beside the page's own work.
async function ready() {
  const packed = document.getElementById('plotly');
  if (!packed) return;
  const binary = atob(packed.textContent), bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; ++i) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const source = await new Response(stream, { headers: { 'Content-Type': 'text/javascript' } }).blob();
  const script = document.createElement('script');
  script.src = URL.createObjectURL(source);
  const done = new Promise((ran, failed) => { script.onload = ran; script.onerror = () => failed('plotly.js did not run'); });
  document.head.append(script);
  await done;
  URL.revokeObjectURL(script.src);
}

ready().then(async () => {
  // Paper is light, has two charts side by side, all of them, and does not wait.
  addEventListener('beforeprint', () => charts.forEach((_, i) => drawOrSay(i, 330)));
  addEventListener('afterprint', drawAll);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => want(drawn));
  charts.forEach((_, i) => reachChart(i));
  const shown = [...charts.keys()].filter(isShown);
  await want(shown);
  document.body.dataset.shown = shown.length;
  // The next ones begin when these are seen; a tab in the background has no frames and needs none.
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  charts.forEach((_, i) => drawn.has(i) || near.observe(divOf(i)));
}).catch((error) => {
  for (const chart of document.querySelectorAll('.chart')) chart.textContent = 'Not drawn: ' + error;
});
