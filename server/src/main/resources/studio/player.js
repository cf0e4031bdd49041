// Plays notes by the audio clock: what is due within the next moments is scheduled to the sample.

const AHEAD = 0.25;
const EVERY_MS = 60;

export class Player {
  constructor(piano, changed) {
    this.piano = piano;
    this.changed = changed;
    this.notes = [];
    this.position = 0;
    this.loop = false;
    this.playing = false;
    this.next = 0;
  }

  /** Seconds until the last note ends. */
  get length() {
    return this.notes.reduce((end, n) => Math.max(end, (n.onset_ms + n.duration_ms) / 1000), 0);
  }

  get time() {
    return this.playing ? Math.max(0, this.piano.now - this.zero) : this.position;
  }

  /** Notes in the order of their onsets; more may come while it plays. */
  setNotes(notes) {
    this.notes = notes;
    this.seek(Math.min(this.position, this.length));
  }

  async play() {
    await this.piano.resume();
    if (this.position >= this.length) this.position = 0;
    this.start(this.position);
  }

  start(from) {
    this.zero = this.piano.now + 0.05 - from;
    this.playing = true;
    this.next = this.notes.findIndex((n) => n.onset_ms / 1000 >= from - 0.001);
    if (this.next < 0) this.next = this.notes.length;
    clearInterval(this.timer);
    this.timer = setInterval(() => this.schedule(), EVERY_MS);
    this.schedule();
    this.changed();
  }

  schedule() {
    const until = this.time + AHEAD;
    while (this.next < this.notes.length && this.notes[this.next].onset_ms / 1000 < until) {
      const n = this.notes[this.next++];
      const at = Math.max(this.piano.now, this.zero + n.onset_ms / 1000);
      this.piano.play(n.pitch, n.velocity, at, n.duration_ms / 1000);
    }
    if (this.finished && this.time > this.length + 0.3) {
      if (this.loop) {
        this.start(0);
      } else {
        this.pause();
        this.position = this.length;
        this.changed();
      }
    }
  }

  pause() {
    this.position = Math.min(this.time, this.length);
    this.playing = false;
    clearInterval(this.timer);
    this.piano.silence();
    this.changed();
  }

  seek(seconds) {
    this.position = Math.max(0, Math.min(seconds, this.length));
    if (this.playing) {
      this.piano.silence();
      this.start(this.position);
    } else {
      this.changed();
    }
  }
}
