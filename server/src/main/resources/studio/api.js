// The server's API: models, pieces as event streams, MIDI files. Errors are said in words.

export class Problem extends Error {}

async function problem(response) {
  let detail = `the server answered ${response.status}`;
  try {
    const body = await response.json();
    detail = body.detail || detail;
  } catch {
    // Not a problem document: the status has to do.
  }
  if (response.status === 429) {
    detail += `; try again in ${response.headers.get('Retry-After') || 'a few'} seconds`;
  }
  return new Problem(detail);
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Problem('The server cannot be reached. Is it still running? Press play to try again.');
  }
  if (!response.ok) throw await problem(response);
  return response;
}

export async function models() {
  return (await ask('/v1/models')).json();
}

function body(fields, accept, signal) {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: accept },
    body: JSON.stringify(fields),
    signal,
  };
}

/** Calls listener(name, data) for each event; ends with the stream. */
export async function stream(fields, listener, signal) {
  const response = await ask('/v1/generate', body(fields, 'text/event-stream', signal));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    let part;
    try {
      part = await reader.read();
    } catch (e) {
      if (e.name === 'AbortError') throw e;
      throw new Problem('The connection broke off before the piece was finished. Press play to ask for it again.');
    }
    if (part.done) break;
    rest += part.value;
    let end;
    while ((end = rest.indexOf('\n\n')) >= 0) {
      const lines = rest.slice(0, end).split('\n');
      rest = rest.slice(end + 2);
      const name = lines.find((line) => line.startsWith('event: '));
      const data = lines.find((line) => line.startsWith('data: '));
      if (name && data) {
        const value = JSON.parse(data.slice(6));
        if (name.slice(7) === 'error') throw new Problem(value.detail);
        listener(name.slice(7), value);
      }
    }
  }
}

/** The piece as a file of that type: audio/midi or audio/wav. */
export async function file(fields, type) {
  return (await ask('/v1/generate', body(fields, type))).blob();
}

/** The notes of a MIDI file as the server reads them, and its tempo. */
export async function readMidi(file) {
  const response = await ask('/v1/generate?seed=0&notes=1&include_prompt=true', {
    method: 'POST',
    headers: { 'Content-Type': 'audio/midi', Accept: 'application/json' },
    body: file,
  });
  const answer = await response.json();
  const notes = answer.variations[0].notes;
  return { notes: notes.slice(0, -1), tempo: answer.tempo };
}
