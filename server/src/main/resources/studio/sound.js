// A struck string by a sum of slightly sharp partials, one buffer a pitch, made when it is first needed.

const SECONDS = 4;
const PARTIALS = 9;

export class Piano {
  constructor() {
    this.context = new AudioContext({ latencyHint: 'interactive' });
    this.out = new DynamicsCompressorNode(this.context, { threshold: -18, ratio: 4, release: 0.2 });
    this.out.connect(this.context.destination);
    this.strings = new Map();
    this.sounding = new Set();
  }

  get now() {
    return this.context.currentTime;
  }

  resume() {
    return this.context.resume();
  }

  string(pitch) {
    let buffer = this.strings.get(pitch);
    if (!buffer) {
      buffer = this.pluck(pitch);
      this.strings.set(pitch, buffer);
    }
    return buffer;
  }

  pluck(pitch) {
    const rate = this.context.sampleRate;
    const frequency = 440 * 2 ** ((pitch - 69) / 12);
    const seconds = Math.max(0.8, SECONDS * 2 ** ((60 - pitch) / 36));
    const buffer = this.context.createBuffer(1, Math.ceil(rate * seconds), rate);
    const samples = buffer.getChannelData(0);
    const stiffness = 0.00035 * 2 ** ((pitch - 60) / 18);
    for (let k = 1; k <= PARTIALS; k++) {
      const f = frequency * k * Math.sqrt(1 + stiffness * k * k);
      if (f > rate * 0.45) break;
      const amplitude = (k === 1 ? 1 : 0.85 / k ** 1.25) * Math.abs(Math.sin(Math.PI * k * 0.13)) ** 0.35;
      const decay = Math.exp(-((1.1 + 0.55 * k) / (seconds * 0.42)) / rate);
      const step = (2 * Math.PI * f) / rate;
      // A rotation instead of a sine for every sample.
      const [c, s] = [Math.cos(step) * decay, Math.sin(step) * decay];
      let [x, y] = [0, amplitude];
      for (let i = 0; i < samples.length; i++) {
        samples[i] += x;
        [x, y] = [x * c + y * s, y * c - x * s];
      }
    }
    const attack = Math.round(rate * 0.004);
    const release = Math.round(rate * 0.05);
    for (let i = 0; i < attack; i++) samples[i] = (samples[i] * i) / attack + (Math.random() - 0.5) * 0.12 * (1 - i / attack);
    for (let i = 0; i < release; i++) samples[samples.length - 1 - i] *= i / release;
    return buffer;
  }

  /** Plays a note at a time of the context's clock. */
  play(pitch, velocity, at, seconds) {
    const loud = (velocity / 127) ** 1.7;
    const source = new AudioBufferSourceNode(this.context, { buffer: this.string(pitch) });
    const tone = new BiquadFilterNode(this.context, { type: 'lowpass', frequency: 700 + 9000 * loud, Q: 0.2 });
    const gain = new GainNode(this.context, { gain: 0.28 * loud });
    const pan = new StereoPannerNode(this.context, { pan: Math.max(-0.5, Math.min(0.5, (pitch - 64) / 70)) });
    source.connect(tone).connect(gain).connect(pan).connect(this.out);
    const end = at + seconds;
    gain.gain.setValueAtTime(0.28 * loud, Math.max(end, at));
    gain.gain.setTargetAtTime(0, end, 0.07);
    source.start(at);
    source.stop(end + 0.6);
    this.sounding.add(source);
    source.onended = () => this.sounding.delete(source);
  }

  silence() {
    for (const source of this.sounding) source.stop();
    this.sounding.clear();
  }
}
