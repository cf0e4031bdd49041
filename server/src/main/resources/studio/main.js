import { KEYS, keyOf } from './key.js';
import * as api from './api.js';
import * as settings from './settings.js';
import { Piano } from './sound.js';
import { Player } from './player.js';
import { Roll } from './roll.js';
import { Keyboard, Recording } from './keyboard.js';
import { Duet } from './duet.js';
import * as smf from './smf.js';

const el = (id) => document.getElementById(id);
const form = el('controls');
const POLL_MS = 10_000;

let current = settings.read();
let catalog = { default: '', models: [] };
let variations = [];
let chosen = 0;
let asking = null;
let made = '';
let rate = 0;
let recording = null;
const undo = [];
const piano = new Piano();
const player = new Player(piano, changed);
const roll = new Roll(el('roll'), player, (t) => duet.on || player.seek(t));
const duet = new Duet(piano, answer, duetTold);
const keyboard = new Keyboard(el('keys'), stroke);

function say(text) {
  el('problem').textContent = text;
  el('problem').hidden = !text;
}

function model() {
  const name = current.model.replace(/[@:].*/, '') || catalog.default;
  return catalog.models.find((m) => m.name === name);
}

function serving() {
  const found = model();
  return found?.versions.find((v) => v.id === found.serving);
}

function status() {
  const playing = made || model()?.serving || 'nothing';
  const next = made && model()?.serving && !current.model.includes('@') && model().serving !== made ? `; ${model().serving} is served now` : '';
  el('status').textContent = `${playing}${next}${rate ? `, ${Math.round(rate)} notes per second` : ''}`;
  const licence = serving()?.licence;
  const of = (made || serving()?.id || '').split('@');
  el('card').href = of.length === 2 ? `/v1/models/${encodeURIComponent(of[0])}/versions/${of[1]}/card` : '/v1/models';
  el('licence').textContent = licence ? `Licence of the model: ${licence.id}. ${licence.attribution}` : '';
}

function show() {
  for (const input of form.elements) {
    if (!input.name) continue;
    if (input !== document.activeElement) input.value = current[input.name];
    const out = input.parentElement.querySelector('output');
    if (out) out.value = input.name === 'density' && Number(current.density) === 0 ? 'as it likes' : current[input.name];
  }
  const controls = serving()?.controls ?? [];
  for (const label of form.querySelectorAll('[data-control]')) label.hidden = !controls.includes(label.dataset.control);
  el('undo').disabled = undo.length === 0;
  el('clear').disabled = current.prompt.length === 0;
  if (!duet.on) el('prompt-state').textContent = current.prompt.length ? `${current.prompt.length} notes to begin with` : '';
  el('curl').textContent = settings.curl(settings.fields(current, controls));
  settings.write(current);
  changed();
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

function changed() {
  if (!el('play')) return;
  el('play').textContent = player.playing ? 'Pause' : 'Play';
  el('clock').value = `${clock(player.time)} / ${clock(player.length)}`;
  el('midi').disabled = el('wav').disabled = el('continue').disabled = !player.finished || player.notes.length === 0 || duet.on;
  el('hint').hidden = player.notes.length > 0;
  roll.draw();
}

/** The same again with something changed; what was can be had back. */
function change(values) {
  undo.push({ ...current });
  if (undo.length > 50) undo.shift();
  current = { ...current, ...values };
  forget();
  show();
}

function forget() {
  asking?.abort();
  asking = null;
  if (player.playing) player.pause();
  variations = [];
  chosen = 0;
  made = '';
  player.finished = false;
  player.position = 0;
  roll.prompt = current.prompt.length;
  player.setNotes([...current.prompt]);
  choices();
}

function choices() {
  el('variations').hidden = variations.length < 2;
  el('variations').replaceChildren(
    ...variations.map((_, i) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.role = 'radio';
      button.ariaChecked = String(i === chosen);
      button.textContent = String(i + 1);
      button.addEventListener('click', () => {
        chosen = i;
        player.setNotes(variations[i]);
        choices();
      });
      return button;
    }),
  );
}

async function generate() {
  const abort = new AbortController();
  asking = abort;
  say('');
  const began = performance.now();
  let count = 0;
  try {
    await api.stream(
      settings.fields(current, serving()?.controls ?? []),
      (name, data) => {
        if (asking !== abort) return;
        if (name === 'start') {
          made = data.model;
          variations = Array.from({ length: data.variations }, () => [...current.prompt]);
          player.notes = variations[chosen];
          choices();
        } else if (name === 'note') {
          variations[data.variation].push(data.note);
          count++;
          rate = count / ((performance.now() - began) / 1000);
          if (count === 1) player.start(player.position);
          changed();
        }
      },
      abort.signal,
    );
    if (asking === abort) {
      player.finished = true;
      asking = null;
      status();
      changed();
    }
  } catch (e) {
    if (e.name !== 'AbortError') {
      asking = null;
      player.finished = player.notes.length > 0;
      say(e.message);
      changed();
    }
  }
}

async function toggle() {
  if (duet.on) return;
  if (player.playing) {
    player.pause();
  } else if (player.finished) {
    await player.play();
  } else if (!asking) {
    await piano.resume();
    await generate();
  }
}

function answer(prompt, notes, listener, signal) {
  const all = { ...settings.fields(current, serving()?.controls ?? []), prompt, notes, n: 1, seed: settings.randomSeed() };
  return api
    .stream(
      all,
      (name, data) => {
        if (name === 'start') made = data.model;
        else if (name === 'note') listener(data.note);
      },
      signal,
    )
    .catch((e) => {
      if (e.name !== 'AbortError') say(e.message);
    });
}

function duetTold(text) {
  el('prompt-state').textContent = text + (duet.on && duet.latency ? ` (answered ${Math.round(duet.latency)} ms after your pause)` : '');
  player.notes = duet.notes;
  changed();
}

/** The roll shows the session as it goes; afterwards it can be played and saved like any piece. */
async function toggleDuet() {
  if (duet.on) {
    duet.stop();
    player.playing = false;
    player.finished = true;
    player.position = 0;
    variations = [duet.notes.sort((a, b) => a.onset_ms - b.onset_ms)];
    player.setNotes(variations[0]);
  } else {
    if (recording) record();
    await piano.resume();
    forget();
    duet.start();
    player.notes = duet.notes;
    player.zero = duet.zero;
    player.playing = true;
  }
  el('duet').ariaPressed = String(duet.on);
  el('duet').textContent = duet.on ? 'End the duet' : 'Duet';
  for (const id of ['play', 'another', 'continue', 'record', 'clear']) el(id).disabled = duet.on;
  show();
}

function stroke(pitch, velocity) {
  piano.resume();
  if (duet.on) duet.stroke(pitch, velocity);
  if (velocity > 0) piano.play(pitch, velocity, piano.now, 1.2);
  recording?.stroke(pitch, velocity, performance.now());
}

function record() {
  if (recording) {
    const notes = recording.finish(performance.now());
    recording = null;
    el('record').ariaPressed = 'false';
    el('record').textContent = 'Record';
    if (notes.length) change({ prompt: notes, key: keyOf(notes) });
  } else {
    if (player.playing) player.pause();
    recording = new Recording();
    el('record').ariaPressed = 'true';
    el('record').textContent = 'Stop recording';
    el('prompt-state').textContent = 'Play a few notes';
  }
}

async function open(file) {
  if (!file) return;
  try {
    const read = await api.readMidi(file);
    change({ prompt: read.notes, tempo: String(Math.round(read.tempo)), key: keyOf(read.notes) });
    say('');
  } catch (e) {
    say(`That file cannot be continued: ${e.message}`);
  }
}

function save(blob, name) {
  const a = document.createElement('a');
  a.href = URL.createObjectURL(blob);
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}

const isDuet = () => player.notes.some((n) => 'mine' in n);

async function saveMidi() {
  if (isDuet()) {
    const own = (mine) => player.notes.filter((n) => n.mine === mine);
    save(smf.write([{ name: 'You', notes: own(true) }, { name: made || 'The model', notes: own(false) }]), 'duet.mid');
    return;
  }
  await saveAs('audio/midi', 'mid');
}

async function saveAs(type, suffix) {
  try {
    const all = settings.fields(current, serving()?.controls ?? []);
    delete all.n;
    all.model = made;
    all.seed = String(BigInt(current.seed) + BigInt(chosen));
    save(await api.file(all, type), `${made.replace('@', '-')}-seed-${all.seed}.${suffix}`);
  } catch (e) {
    say(e.message);
  }
}

async function saveWav() {
  if (isDuet()) {
    say('A duet is saved as .mid: the server renders only what it can play again.');
    return;
  }
  const button = el('wav');
  button.disabled = true;
  button.textContent = 'Rendering…';
  await saveAs('audio/wav', 'wav');
  button.textContent = 'Save .wav';
  button.disabled = false;
}

async function refresh() {
  try {
    catalog = await api.models();
    const select = el('model');
    const options = [new Option(`default (${catalog.default})`, '')];
    for (const m of catalog.models) {
      if (m.serving) options.push(new Option(m.name, m.name));
      for (const v of m.versions) if (v.state === 'ready') options.push(new Option(v.id, v.id));
    }
    if (current.model && !options.some((o) => o.value === current.model)) options.push(new Option(`${current.model} (not served)`, current.model));
    if (select !== document.activeElement) select.replaceChildren(...options);
    status();
    show();
  } catch (e) {
    el('status').textContent = e.message;
  }
}

for (const key of KEYS) form.elements.key.append(new Option(`${key} major`, `${key} major`), new Option(`${key} minor`, `${key} minor`));
form.elements.key.prepend(new Option('any', '', true, true));
form.addEventListener('submit', (e) => e.preventDefault());
form.addEventListener('input', (e) => {
  const out = e.target.parentElement.querySelector('output');
  if (out) out.value = e.target.value;
});
form.addEventListener('change', (e) => {
  if (!e.target.checkValidity()) {
    say(`${e.target.parentElement.firstChild.textContent.trim()}: ${e.target.validationMessage}`);
    return;
  }
  say('');
  change({ [e.target.name]: e.target.value || (e.target.name === 'seed' ? settings.randomSeed() : e.target.value) });
});
el('play').addEventListener('click', toggle);
el('another').addEventListener('click', () => {
  change({ seed: settings.randomSeed() });
  toggle();
});
el('continue').addEventListener('click', () => {
  change({ prompt: player.notes.map(({ pitch, velocity, onset_ms, duration_ms }) => ({ pitch, velocity, onset_ms, duration_ms })), seed: settings.randomSeed() });
  player.position = (current.prompt.at(-1)?.onset_ms ?? 0) / 1000;
  toggle();
});
el('undo').addEventListener('click', () => {
  current = undo.pop();
  forget();
  show();
});
el('clear').addEventListener('click', () => change({ prompt: [] }));
el('loop').addEventListener('change', (e) => {
  player.loop = e.target.checked;
});
el('midi').addEventListener('click', saveMidi);
el('wav').addEventListener('click', saveWav);
el('link').addEventListener('click', async () => {
  await navigator.clipboard?.writeText(location.href);
  el('link').textContent = 'Copied';
  setTimeout(() => (el('link').textContent = 'Copy link'), 1500);
});
el('record').addEventListener('click', record);
el('duet').addEventListener('click', toggleDuet);
el('devices').addEventListener('click', async () => {
  try {
    const count = await keyboard.listen();
    el('prompt-state').textContent = count ? `Listening to ${count} MIDI keyboard${count > 1 ? 's' : ''}` : 'No MIDI keyboard is connected';
  } catch (e) {
    say(e.message);
  }
});
el('file').addEventListener('change', (e) => open(e.target.files[0]));
for (const name of ['dragenter', 'dragover']) {
  el('stage').addEventListener(name, (e) => {
    e.preventDefault();
    el('stage').classList.add('drop');
  });
}
for (const name of ['dragleave', 'drop']) {
  el('stage').addEventListener(name, (e) => {
    e.preventDefault();
    el('stage').classList.remove('drop');
    if (name === 'drop') open(e.dataTransfer.files[0]);
  });
}
document.addEventListener('keydown', (e) => {
  if (e.target.matches('input:not([type=checkbox]), select, textarea') || e.ctrlKey || e.metaKey || e.altKey) return;
  if ((recording || duet.on) && keyboard.letter(e, true)) return;
  if (e.key === ' ' && !e.target.matches('button, input')) {
    e.preventDefault();
    toggle();
  } else if (e.key === 'n') el('another').click();
  else if (e.key === 'u') el('undo').click();
  else if (e.key === 'r') record();
  else if (e.key === 'd') toggleDuet();
});
document.addEventListener('keyup', (e) => (recording || duet.on) && keyboard.letter(e, false));

(function frame() {
  if (player.playing) changed();
  requestAnimationFrame(frame);
})();

forget();
show();
refresh();
setInterval(refresh, POLL_MS);
