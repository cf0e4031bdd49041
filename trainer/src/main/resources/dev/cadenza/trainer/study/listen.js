"use strict";

// A plain struck string for the notes of all models: partials of a harmonic series that fade, the higher the sooner.
const PARTIALS = [1, 0.55, 0.3, 0.18, 0.1, 0.06];
let audio = null;
let playing = null;

function strike(output, at, seconds, pitch, velocity) {
  const frequency = 440 * 2 ** ((pitch - 69) / 12);
  const loudness = (velocity / 127) ** 2 * 0.25;
  const ring = Math.min(6, 1200 / frequency);
  PARTIALS.forEach((share, index) => {
    const partial = frequency * (index + 1);
    if (partial > 12000) {
      return;
    }
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = partial;
    const end = at + Math.max(0.05, seconds);
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loudness * share, at + 0.005);
    gain.gain.setTargetAtTime(0, at + 0.005, ring / (2 + 2 * index));
    gain.gain.setTargetAtTime(0, end, 0.06);
    tone.connect(gain).connect(output);
    tone.start(at);
    tone.stop(end + 0.5);
  });
}

function stop() {
  if (playing) {
    playing.output.disconnect();
    playing.button.textContent = "Play";
    clearTimeout(playing.timer);
    playing = null;
  }
}

function play(name, button) {
  const again = playing && playing.button === button;
  stop();
  if (again) {
    return;
  }
  audio = audio || new AudioContext();
  audio.resume();
  const output = audio.createGain();
  const limiter = audio.createDynamicsCompressor();
  output.connect(limiter).connect(audio.destination);
  const begin = audio.currentTime + 0.1;
  let last = 0;
  for (const [onset, duration, pitch, velocity] of CLIPS.clips[name]) {
    strike(output, begin + onset / 1000, duration / 1000, pitch, velocity);
    last = Math.max(last, onset + duration);
  }
  button.textContent = "Stop";
  playing = { output, button, timer: setTimeout(stop, last + 1000) };
}

function ratings() {
  const given = {};
  for (const input of document.querySelectorAll("#clips input:checked")) {
    given[input.name] = Number(input.value);
  }
  return given;
}

function show() {
  const form = document.getElementById("clips");
  for (const name of Object.keys(CLIPS.clips)) {
    const field = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = name.replace("clip-", "Clip ");
    const row = document.createElement("div");
    row.className = "row";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Play";
    button.setAttribute("aria-label", "Play " + legend.textContent);
    button.addEventListener("click", () => play(name, button));
    row.append(button);
    for (let value = 1; value <= 5; value++) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "radio";
      input.name = name;
      input.value = String(value);
      label.append(input, " " + value);
      row.append(label);
    }
    field.append(legend, row);
    form.append(field);
  }
}

function save() {
  const given = ratings();
  const count = Object.keys(given).length;
  const all = Object.keys(CLIPS.clips).length;
  const status = document.getElementById("status");
  if (count < all) {
    status.textContent = count + " of " + all + " clips are rated.";
    return;
  }
  const rater = document.getElementById("rater").value.trim();
  const text = JSON.stringify({ page: CLIPS.page, rater, ratings: given }, null, 2);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "ratings-" + (rater.replace(/[^A-Za-z0-9-]/g, "") || "anonymous") + ".json";
  link.click();
  status.textContent = "Saved as " + link.download + ": put it into listening/ratings/.";
}

show();
document.getElementById("save").addEventListener("click", save);
