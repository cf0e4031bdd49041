package dev.cadenza.trainer.study.experiment;

import dev.cadenza.pianoroll.RollEncoding;

/** What the known corpora's steps are in time: eighth notes, but quarters in the chorales. */
final class RollGrid {
    private static final int EIGHTH = RollEncoding.EIGHTH_MILLIS;

    private RollGrid() {}

    /** How long a step is played. */
    static int stepMillis(String corpus) {
        return corpus.equals("jsb_chorales") ? 2 * EIGHTH : EIGHTH;
    }
}
