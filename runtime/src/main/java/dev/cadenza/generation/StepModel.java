package dev.cadenza.generation;

/**
 * The next-note function of a model: the previous note in, the next note out, for several independent rows at once.
 *
 * <p>Safe for use from many threads, as long as each has its own {@link State}. A row's result does not depend on its
 * neighbours or on how many there are.
 */
public interface StepModel extends AutoCloseable {
    /** Ints of a note: interval ticks, pitch, velocity, duration ticks. */
    int ATTRIBUTES = 4;

    /** The most steps of one run, so that a run stays short enough to be waited for. */
    int MAX_STEPS = 64;

    /** As note: the start of a piece. As forced: sample this attribute. */
    int NONE = -1;

    /** The kind of model, such as {@code paper}. */
    String kind();

    /** Ticks of a second in interval and duration. */
    int ticksPerSecond();

    /** Random numbers that a row needs a step. */
    int noiseWidth();

    /** The state at the start of {@code rows} pieces. The caller closes it. */
    State start(int rows);

    /**
     * Runs {@code steps} steps of {@code rows} rows and advances the state. All arrays are row-major.
     *
     * @param steps 1..{@link #MAX_STEPS}
     * @param rows as many as the state was started with
     * @param note {@code [steps, rows, 4]}, the previous notes
     * @param forced {@code [steps, rows, 4]}, what the answers must be, or -1
     * @param noise {@code [steps, rows, noiseWidth]}, standard normal
     * @param temperature {@code [rows]}, at least 0
     */
    StepOutput run(int steps, int rows, int[] note, int[] forced, float[] noise, float[] temperature, State state);

    @Override
    void close();

    /** Where the rows are in their pieces. Belongs to one thread at a time. */
    interface State extends AutoCloseable {
        int rows();

        @Override
        void close();
    }
}
