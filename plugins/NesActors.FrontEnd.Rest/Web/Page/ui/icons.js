/** Small pictures, drawn here: paths on a field of 24 by 24. They say nothing that does not stand beside them as a label. */

const NAMESPACE = 'http://www.w3.org/2000/svg';

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  compose: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  down: 'M12 5v14M6 13l6 6 6-6',
  help: 'M9 9a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 1.8v.5M12 17.5v.1M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z',
  leave: 'M14 4h5v16h-5M4 12h10M10 8l4 4-4 4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6',
  search: 'M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM16 16l5 5',
  send: 'M4 12l16-8-6 16-3-7z',
  theme: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
  verified: 'M12 3l7 3v6c0 4-3 7-7 9-4-2-7-5-7-9V6zM8.5 12l2.5 2.5 4.5-5',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.3v.1',
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  const picture = document.createElementNS(NAMESPACE, 'svg');
  for (const [attribute, value] of Object.entries({ viewBox: '0 0 24 24', class: `icon icon-${name}`, 'aria-hidden': 'true', focusable: 'false' })) picture.setAttribute(attribute, value);
  const path = document.createElementNS(NAMESPACE, 'path');
  path.setAttribute('d', PATHS[name]);
  picture.append(path);
  return picture;
}
