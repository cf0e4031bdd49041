package dev.cadenza.generation.step;

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

    ModelDescription description();

    /** The state at the start of {@code rows} pieces. The caller closes it. */
    State start(int rows);

    /**
     * Runs the input's steps and advances the state.
     *
     * <p>A model that knows which keys sound follows them by {@code note}: each step's note is struck before its answer
     * is computed, so a row must get every note of its piece once, as it was played.
     *
     * @throws IllegalArgumentException when an array does not fit {@link ModelDescription#shape} or the state
     */
    StepOutput run(StepInput input, State state);

    /**
     * Memory to run single steps of several pieces as one batch.
     *
     * @param rows the most of one run, at least 1
     */
    default StepBatch batch(int rows) {
        return StepBatch.oneByOne(this, rows);
    }

    @Override
    void close();

    /** Where the rows are in their pieces. Belongs to one thread at a time. */
    interface State extends AutoCloseable {
        int rows();

        /**
         * A new state of so many rows, each of them where this state's only row is. The caller closes both.
         *
         * @throws IllegalArgumentException if this state has several rows
         */
        State spread(int rows);

        @Override
        void close();
    }
}
