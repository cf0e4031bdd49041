package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.Cell;
import dev.cadenza.trainer.study.NoteSelection;

/**
 * A preset that was trained on a selection of the notes.
 *
 * @param notes that it was trained on
 * @param share of all training notes
 * @param onAll validation loss on all notes
 * @param onOwn validation loss on the same selection of them
 */
public record SelectionResult(long notes, double share, double onAll, double onOwn) {
    /** Its place. */
    public static Cell<SelectionResult> cell(ComparedPreset preset, NoteSelection selection) {
        return new Cell<>("selections/" + preset.id() + "-" + selection.id(), SelectionResult.class);
    }
}
