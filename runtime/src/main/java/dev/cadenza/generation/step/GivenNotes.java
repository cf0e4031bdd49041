package dev.cadenza.generation.step;

/** Makes a run answer with notes that are given. */
public final class GivenNotes {
    private static final int ATTRIBUTES = StepModel.ATTRIBUTES;

    private GivenNotes() {}

    /**
     * Forces every row of a run to the same notes.
     *
     * @param rows [notes, 4], all notes of the piece
     * @param from the note that step 0 answers with
     */
    public static void fill(StepInput input, int[] rows, int from) {
        for (int step = 0; step < input.steps(); step++) {
            for (int row = 0; row < input.rows(); row++) {
                int to = (step * input.rows() + row) * ATTRIBUTES;
                System.arraycopy(rows, (from + step) * ATTRIBUTES, input.forced(), to, ATTRIBUTES);
                if (from + step > 0) {
                    System.arraycopy(rows, (from + step - 1) * ATTRIBUTES, input.note(), to, ATTRIBUTES);
                }
            }
        }
    }
}
