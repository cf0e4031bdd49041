// Playing a few notes: on screen, on the computer's keyboard, on a MIDI keyboard.

const FIRST = 48;
const COUNT = 25;
const LETTERS = 'awsedftgyhujk';
const BLACK = new Set([1, 3, 6, 8, 10]);

export class Keyboard {
  /** @param played called with (pitch, velocity) at a stroke, and (pitch, 0) at a release */
  constructor(element, played) {
    this.played = played;
    this.keys = new Map();
    this.down = new Set();
    this.build(element);
  }

  build(element) {
    const whites = [];
    for (let p = FIRST; p < FIRST + COUNT; p++) if (!BLACK.has(p % 12)) whites.push(p);
    for (let p = FIRST; p < FIRST + COUNT; p++) {
      const key = document.createElement('button');
      key.type = 'button';
      key.className = BLACK.has(p % 12) ? 'black' : 'white';
      key.tabIndex = p === 60 ? 0 : -1;
      key.ariaLabel = `${['C', 'C sharp', 'D', 'D sharp', 'E', 'F', 'F sharp', 'G', 'G sharp', 'A', 'A sharp', 'B'][p % 12]} ${Math.floor(p / 12) - 1}`;
      if (key.className === 'black') {
        const before = whites.filter((w) => w < p).length;
        key.style.setProperty('left', `${((before - 0.3) / whites.length) * 100}%`);
        key.style.setProperty('width', `${(0.6 / whites.length) * 100}%`);
      }
      key.addEventListener('pointerdown', (e) => {
        key.setPointerCapture(e.pointerId);
        this.press(p, 80);
      });
      key.addEventListener('pointerup', () => this.release(p));
      key.addEventListener('pointercancel', () => this.release(p));
      key.addEventListener('keydown', (e) => {
        const next = { ArrowRight: p + 1, ArrowLeft: p - 1 }[e.key];
        if (next && this.keys.has(next)) this.keys.get(next).focus();
        if ((e.key === 'Enter' || e.key === ' ') && !e.repeat) this.press(p, 80);
        if (next || e.key === 'Enter' || e.key === ' ') {
          e.preventDefault();
          e.stopPropagation();
        }
      });
      key.addEventListener('keyup', () => this.release(p));
      this.keys.set(p, key);
      element.append(key);
    }
  }

  letter(e, isDown) {
    const at = LETTERS.indexOf(e.key.toLowerCase());
    if (at < 0 || e.repeat || e.ctrlKey || e.metaKey || e.altKey) return false;
    if (isDown) this.press(60 + at, 80);
    else this.release(60 + at);
    return true;
  }

  press(pitch, velocity) {
    if (this.down.has(pitch)) return;
    this.down.add(pitch);
    this.keys.get(pitch)?.classList.add('down');
    this.played(pitch, velocity);
  }

  release(pitch) {
    if (!this.down.delete(pitch)) return;
    this.keys.get(pitch)?.classList.remove('down');
    this.played(pitch, 0);
  }

  /** Listens to all MIDI keyboards; returns how many there are. */
  async listen() {
    if (!navigator.requestMIDIAccess) throw new Error('This browser cannot use MIDI keyboards.');
    const access = await navigator.requestMIDIAccess();
    for (const input of access.inputs.values()) {
      input.onmidimessage = ({ data: [status, pitch, velocity] }) => {
        if ((status & 0xf0) === 0x90 && velocity > 0) this.press(pitch, velocity);
        else if ((status & 0xf0) === 0x80 || (status & 0xf0) === 0x90) this.release(pitch);
      };
    }
    return access.inputs.size;
  }
}

/** Takes down what is played, from the first stroke on. */
export class Recording {
  constructor() {
    this.notes = [];
    this.open = new Map();
    this.start = null;
  }

  stroke(pitch, velocity, now) {
    this.start ??= now;
    if (velocity > 0) {
      const note = { pitch, velocity, onset_ms: Math.round(now - this.start), duration_ms: 0 };
      this.open.set(pitch, note);
      this.notes.push(note);
    } else {
      const note = this.open.get(pitch);
      this.open.delete(pitch);
      if (note) note.duration_ms = Math.max(10, Math.round(now - this.start) - note.onset_ms);
    }
  }

  finish(now) {
    for (const note of this.open.values()) note.duration_ms = Math.max(10, Math.round(now - this.start) - note.onset_ms);
    return this.notes;
  }
}
