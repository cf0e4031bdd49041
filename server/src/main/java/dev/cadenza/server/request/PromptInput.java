package dev.cadenza.server.request;

import dev.cadenza.generation.Prompt;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.ModelDescription;
import java.util.ArrayList;
import java.util.List;

/**
 * A prompt as it was sent.
 *
 * @param prompt what was read from it
 * @param sha256 of what was sent, 64 hexadecimal digits: it stands for the prompt in the answer's entity tag
 * @param warnings what in its file is against the standard and was read all the same, in one line each
 */
public record PromptInput(Prompt prompt, String sha256, List<String> warnings) {
    public PromptInput {
        warnings = List.copyOf(warnings);
    }

    /**
     * Warnings for the client, one line each; mostly none.
     *
     * @param unplayable what becomes of notes that the model has no key for
     */
    public List<String> warnings(ModelDescription model, String unplayable) {
        if (model.shape().classes().isEmpty()) {
            return warnings;
        }
        int notes = 0;
        int off = 0;
        for (var note : prompt.score().notes()) {
            if (!note.isPercussion()) {
                notes++;
                off += Steering.PIANO.contains(note.pitch()) ? 0 : 1;
            }
        }
        if (off == 0) {
            return warnings;
        }
        List<String> all = new ArrayList<>(warnings);
        all.add("%d of the prompt's %d notes are off the piano's keys, %d..%d: %s"
                .formatted(off, notes, Steering.PIANO.lowest(), Steering.PIANO.highest(), unplayable));
        return all;
    }
}
