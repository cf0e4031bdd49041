package dev.cadenza.onnx;

/** A piano-roll model, one row of it, as a {@link RollTrack} sees it: it draws steps and reads given ones. */
interface RollSteps {
    /**
     * What a step came to.
     *
     * @param on which keys sound [88]
     * @param logits ln of the odds that a key sounds, at temperature 1 [88]
     * @param logp of all keys together, nats at temperature 1
     */
    @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
    record Step(boolean[] on, float[] logits, float logp) {}

    /**
     * Draws a step.
     *
     * @param before the keys of the step before [88]
     * @param forced by key -1, or what it must be [88]
     * @param uniform by key, in [0, 1) [88]
     */
    Step draw(boolean[] before, int position, int[] forced, float[] uniform, float temperature);

    /**
     * Reads given steps.
     *
     * @param before the keys of the step before the first [88]
     * @param given which keys sound [steps][88]
     */
    void tell(boolean[] before, int position, boolean[][] given);
}
