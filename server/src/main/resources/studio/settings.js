// What is asked for, kept in the address bar: a link reproduces the piece.

const DEFAULTS = { model: '', seed: '', notes: '200', n: '1', temperature: '1', top_p: '1', key: '', density: '0', tempo: '' };

export function randomSeed() {
  return String(Math.floor(Math.random() * 2 ** 32));
}

/** Four numbers per note, in base64 for an address. */
function pack(notes) {
  const numbers = notes.flatMap((n) => [n.pitch, n.velocity, Math.round(n.onset_ms), Math.round(n.duration_ms)]);
  return btoa(numbers.join(' ')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function unpack(text) {
  try {
    const numbers = atob(text.replaceAll('-', '+').replaceAll('_', '/')).split(' ').map(Number);
    const notes = [];
    for (let i = 0; i + 3 < numbers.length; i += 4) {
      const [pitch, velocity, onset, duration] = numbers.slice(i, i + 4);
      if (![pitch, velocity, onset, duration].every(Number.isFinite)) return [];
      notes.push({ pitch, velocity, onset_ms: onset, duration_ms: duration });
    }
    return notes;
  } catch {
    return [];
  }
}

export function read() {
  const query = new URLSearchParams(location.search);
  const settings = { ...DEFAULTS, prompt: unpack(location.hash.replace('#prompt=', '')) };
  for (const name of Object.keys(DEFAULTS)) {
    if (query.has(name)) settings[name] = query.get(name);
  }
  if (!settings.seed) settings.seed = randomSeed();
  return settings;
}

export function write(settings) {
  const query = new URLSearchParams();
  for (const name of Object.keys(DEFAULTS)) {
    if (settings[name] !== '' && (settings[name] !== DEFAULTS[name] || name === 'seed')) query.set(name, settings[name]);
  }
  const hash = settings.prompt.length ? `#prompt=${pack(settings.prompt)}` : '';
  history.replaceState(null, '', `?${query}${hash}`);
}

/** As the server's JSON has it; what the model cannot do is left out. */
export function fields(settings, controls) {
  const all = { seed: settings.seed, notes: Number(settings.notes), n: Number(settings.n), temperature: Number(settings.temperature) };
  if (settings.model) all.model = settings.model;
  if (settings.tempo) all.tempo = Number(settings.tempo);
  if (controls.includes('top_p') && Number(settings.top_p) < 1) all.top_p = Number(settings.top_p);
  if (controls.includes('key') && settings.key) all.key = settings.key;
  if (controls.includes('density') && Number(settings.density) > 0) all.density = Number(settings.density);
  if (settings.prompt.length) all.prompt = settings.prompt;
  return all;
}

/** A line for a terminal that asks for the same. */
export function curl(all) {
  const url = `${location.origin}/v1/generate`;
  const one = { ...all };
  delete one.n;
  if (one.prompt) {
    return `curl -o piece.mid -H 'Content-Type: application/json' -d '${JSON.stringify(one)}' ${url}`;
  }
  return `curl -o piece.mid '${url}?${new URLSearchParams(one)}'`;
}
