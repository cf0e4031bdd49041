// The piano roll: time to the right, pitch upwards, a keyboard at its side, velocity as shade.

const LOWEST = 21;
const HIGHEST = 108;
const KEYS = HIGHEST - LOWEST + 1;
const KEYBOARD = 44;
const SECOND = 84;
const BLACK = new Set([1, 3, 6, 8, 10]);

export class Roll {
  constructor(canvas, player, onSeek) {
    this.canvas = canvas;
    this.player = player;
    this.prompt = 0;
    this.left = 0;
    this.calm = matchMedia('(prefers-reduced-motion: reduce)');
    canvas.addEventListener('pointerdown', (e) => {
      const x = e.clientX - canvas.getBoundingClientRect().left;
      if (x > KEYBOARD) onSeek((x - KEYBOARD) / SECOND + this.left);
    });
    canvas.addEventListener('keydown', (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10 }[e.key];
      if (step) onSeek(player.time + step);
      else if (e.key === 'Home') onSeek(0);
      else if (e.key === 'End') onSeek(player.length);
      else return;
      e.preventDefault();
    });
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
  }

  draw() {
    const { canvas, player } = this;
    const scale = devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const style = getComputedStyle(canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    const g = canvas.getContext('2d');
    g.setTransform(scale, 0, 0, scale, 0, 0);
    const row = height / KEYS;
    const y = (pitch) => (HIGHEST - pitch) * row;
    const time = player.time;
    const seconds = (width - KEYBOARD) / SECOND;
    this.follow(time, seconds);
    const x = (t) => KEYBOARD + (t - this.left) * SECOND;

    g.fillStyle = colour('--roll');
    g.fillRect(0, 0, width, height);
    g.fillStyle = colour('--roll-black');
    for (let p = LOWEST; p <= HIGHEST; p++) if (BLACK.has(p % 12)) g.fillRect(KEYBOARD, y(p), width, row);
    g.fillStyle = colour('--roll-line');
    for (let t = Math.ceil(this.left); t < this.left + seconds; t++) g.fillRect(x(t), 0, t % 5 === 0 ? 1.5 : 0.5, height);
    for (let p = 24; p <= HIGHEST; p += 12) g.fillRect(KEYBOARD, y(p) + row, width, 0.75);

    const sounding = new Set();
    const hues = [colour('--prompt'), colour('--note')];
    player.notes.forEach((n, i) => {
      const from = n.onset_ms / 1000;
      const to = from + n.duration_ms / 1000;
      if (to < this.left || from > this.left + seconds) return;
      const now = from <= time && time < to;
      if (now) sounding.add(n.pitch);
      const hue = hues[n.mine ?? i < this.prompt ? 0 : 1];
      g.fillStyle = now ? `hsl(${hue})` : `hsl(${hue} / ${0.3 + 0.6 * (n.velocity / 127)})`;
      g.beginPath();
      g.roundRect(Math.max(KEYBOARD, x(from)), y(n.pitch), Math.max(2, x(to) - Math.max(KEYBOARD, x(from)) - 0.5), Math.max(2.5, row), 1.5);
      g.fill();
    });

    for (let p = LOWEST; p <= HIGHEST; p++) {
      const black = BLACK.has(p % 12);
      g.fillStyle = sounding.has(p) ? `hsl(${hues[1]})` : black ? '#22252c' : '#fdfdfb';
      g.fillRect(0, y(p), black ? KEYBOARD * 0.62 : KEYBOARD - 1, row - 0.3);
    }
    g.fillStyle = '#5a6070';
    g.font = '9px system-ui, sans-serif';
    for (let p = 24; p <= HIGHEST; p += 12) g.fillText(`C${p / 12 - 1}`, KEYBOARD - 17, y(p) + row);

    if (player.notes.length) {
      g.fillStyle = colour('--head');
      g.fillRect(x(time) - 1, 0, 2, height);
    }
    canvas.setAttribute('aria-valuemax', player.length.toFixed(1));
    canvas.setAttribute('aria-valuenow', time.toFixed(1));
    canvas.setAttribute('aria-valuetext', `${time.toFixed(0)} of ${player.length.toFixed(0)} seconds`);
  }

  /** Keeps the playhead in sight: smoothly, or page by page where motion is not wanted. */
  follow(time, seconds) {
    if (this.calm.matches || !this.player.playing) {
      if (time < this.left || time > this.left + seconds * 0.95) this.left = Math.max(0, time - seconds * 0.05);
    } else {
      this.left = Math.max(0, time - seconds * 0.35);
    }
  }
}
