// A standard MIDI file of several tracks, a tick a millisecond.

const TICKS_A_QUARTER = 500;

function variable(value) {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

function chunk(name, bytes) {
  const size = bytes.length;
  return [...[...name].map((c) => c.charCodeAt(0)), size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255, ...bytes];
}

function track(name, notes, channel) {
  const events = notes.flatMap((n) => [
    { at: Math.round(n.onset_ms), order: 1, bytes: [0x90 | channel, n.pitch, n.velocity] },
    { at: Math.round(n.onset_ms + n.duration_ms), order: 0, bytes: [0x80 | channel, n.pitch, 64] },
  ]);
  events.sort((a, b) => a.at - b.at || a.order - b.order);
  const title = [...new TextEncoder().encode(name)];
  const bytes = [0, 0xff, 0x03, ...variable(title.length), ...title, 0, 0xc0 | channel, 0];
  let now = 0;
  for (const event of events) {
    bytes.push(...variable(event.at - now), ...event.bytes);
    now = event.at;
  }
  bytes.push(0, 0xff, 0x2f, 0);
  return chunk('MTrk', bytes);
}

/** @param parts [{name, notes}], a track each */
export function write(parts) {
  const tempo = chunk('MTrk', [0, 0xff, 0x51, 3, 0x07, 0xa1, 0x20, 0, 0xff, 0x2f, 0]);
  const header = chunk('MThd', [0, 1, 0, parts.length + 1, TICKS_A_QUARTER >> 8, TICKS_A_QUARTER & 255]);
  const tracks = parts.flatMap(({ name, notes }, i) => track(name, notes, i));
  return new Blob([new Uint8Array([...header, ...tempo, ...tracks])], { type: 'audio/midi' });
}
