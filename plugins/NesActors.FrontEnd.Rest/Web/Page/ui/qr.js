const NAMESPACE = 'http://www.w3.org/2000/svg';

/** A picture of a QR code, black on white in dark colours too: a camera expects that.
 * @param {readonly string[]} rows each module is a character, 1 where it is dark
 * @param {string} label */
export function qrPicture(rows, label) {
  const picture = document.createElementNS(NAMESPACE, 'svg');
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${rows.length} ${rows.length}`, class: 'qr', role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges' })) picture.setAttribute(name, value);
  const path = document.createElementNS(NAMESPACE, 'path');
  path.setAttribute('d', rows.flatMap((row, y) => [...row.matchAll(/1+/gu)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`)).join(''));
  picture.append(path);
  return picture;
}
