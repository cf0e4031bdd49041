// Playing by turns: you play, and when you pause, the model answers in the style of all that was played so far.

const PAUSE_MS = 700;
const ANSWER_NOTES = 48;
const REMEMBERED = 300;
const SOON = 0.03;

export class Duet {
  /**
   * @param piano sounds notes
   * @param ask (prompt notes, number of notes, listener, signal) streams what follows
   * @param told called with what is going on, in words, whenever something changed
   */
  constructor(piano, ask, told) {
    this.piano = piano;
    this.ask = ask;
    this.told = told;
    this.on = false;
    this.notes = [];
  }

  start() {
    this.on = true;
    this.notes = [];
    this.held = new Map();
    this.zero = this.piano.now;
    this.told('Your turn: play a few notes, then pause');
  }

  stop() {
    this.on = false;
    clearTimeout(this.timer);
    this.hush();
    for (const note of this.held.values()) this.end(note);
    this.held.clear();
    this.notes = this.notes.filter((n) => n.duration_ms > 0);
    this.told('');
  }

  get now() {
    return (this.piano.now - this.zero) * 1000;
  }

  end(note) {
    note.duration_ms = Math.max(20, Math.round(this.now - note.onset_ms));
  }

  stroke(pitch, velocity) {
    clearTimeout(this.timer);
    if (velocity > 0) {
      if (this.answering) this.hush();
      const note = { pitch, velocity, onset_ms: Math.round(this.now), duration_ms: 20, mine: true };
      this.held.set(pitch, note);
      this.notes.push(note);
      this.told('Listening');
    } else {
      const note = this.held.get(pitch);
      this.held.delete(pitch);
      if (note) this.end(note);
    }
    if (this.held.size === 0 && this.notes.length) this.timer = setTimeout(() => this.answer(), PAUSE_MS);
  }

  /** The model stops; what it had not played yet was never played. */
  hush() {
    this.answering?.abort();
    this.answering = null;
    this.piano.silence();
    const now = this.now;
    this.notes = this.notes.filter((n) => n.mine || n.onset_ms < now);
    for (const n of this.notes) if (!n.mine && n.onset_ms + n.duration_ms > now) n.duration_ms = Math.max(20, Math.round(now - n.onset_ms));
  }

  async answer() {
    const abort = new AbortController();
    this.answering = abort;
    const paused = performance.now();
    const heard = [...this.notes].sort((a, b) => a.onset_ms - b.onset_ms).slice(-REMEMBERED);
    const first = heard[0].onset_ms;
    const prompt = heard.map(({ pitch, velocity, onset_ms, duration_ms }) => ({ pitch, velocity, onset_ms: onset_ms - first, duration_ms }));
    let shift = null;
    try {
      await this.ask(
        prompt,
        ANSWER_NOTES,
        (note) => {
          if (this.answering !== abort) return;
          if (shift === null) {
            // The pause has passed already: the answer begins now.
            shift = Math.max(0, this.now + SOON * 1000 - (note.onset_ms + first));
            this.latency = performance.now() - paused;
            this.told('The model answers; play, and it listens');
          }
          const mine = { ...note, onset_ms: Math.round(note.onset_ms + first + shift), mine: false };
          this.notes.push(mine);
          this.piano.play(mine.pitch, mine.velocity, Math.max(this.piano.now, this.zero + mine.onset_ms / 1000), mine.duration_ms / 1000);
        },
        abort.signal,
      );
    } finally {
      if (this.answering === abort) {
        const last = Math.max(0, ...this.notes.map((n) => n.onset_ms + n.duration_ms));
        this.timer = setTimeout(() => {
          this.answering = null;
          if (this.on) this.told('Your turn');
        }, Math.max(0, last - this.now));
      }
    }
  }
}
