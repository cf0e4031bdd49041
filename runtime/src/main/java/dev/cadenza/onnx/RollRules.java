package dev.cadenza.onnx;

/**
 * How the steps of a piano-roll model are played as notes. Published answers depend on every number here.
 *
 * @param velocity of every note, 1..127: a roll has none
 * @param longestNote steps after which a note is answered although its key still sounds
 * @param longestSilence silent steps after which the likeliest key is struck, as a client is waiting for a note
 * @param longestHold steps without a key being struck after which the sounding ones are released: a model may be sure of
 *     a chord for ever
 * @param longestPrompt the last steps of a prompt that the graph gets: they run at once, and other requests wait
 */
record RollRules(int velocity, int longestNote, int longestSilence, int longestHold, int longestPrompt) {
    static final RollRules STANDARD = new RollRules(72, 32, 32, 64, 256);
}
