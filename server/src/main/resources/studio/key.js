// The key that notes are most likely in: correlation of their pitch classes, by how long they sound, with the profiles of
// Krumhansl and Kessler (1982).

export const KEYS = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];

const PROFILES = {
  major: [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
  minor: [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
};
const FEWEST_CLASSES = 3;
const LEAST = 0.6;

function correlation(a, b) {
  const mean = (x) => x.reduce((sum, v) => sum + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Such as 'F# minor'; '' when the notes do not say. */
export function keyOf(notes) {
  const sounding = new Array(12).fill(0);
  for (const n of notes) sounding[n.pitch % 12] += n.duration_ms;
  if (sounding.filter((ms) => ms > 0).length < FEWEST_CLASSES) return '';
  let [best, name] = [LEAST, ''];
  for (const [mode, profile] of Object.entries(PROFILES)) {
    for (let tonic = 0; tonic < 12; tonic++) {
      const fits = correlation(sounding, profile.map((_, i) => profile[(i - tonic + 12) % 12]));
      if (fits > best) [best, name] = [fits, `${KEYS[tonic]} ${mode}`];
    }
  }
  return name;
}
