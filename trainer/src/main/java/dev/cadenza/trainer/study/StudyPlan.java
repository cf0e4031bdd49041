package dev.cadenza.trainer.study;

import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollPreset;
import java.util.List;

/**
 * How much each part trains and measures.
 *
 * @param curveShare share of MAESTRO's training pieces that part 1 trains on
 * @param curveEpochs of part 1
 * @param optimiserShare share of the training pieces that part 2 trains on
 * @param optimiserUpdates of each training of part 2
 * @param optimiserRates learning rates tried for every optimiser
 * @param optimiserSeeds of the chosen rate
 * @param shares of the training pieces, part 3
 * @param paperUpdates of a paper preset in parts 3, 7 and 8
 * @param performerUpdates of a performer in parts 3, 7 and 8
 * @param performerHidden its LSTM units there
 * @param tiedUpdates of TP-LSTM-NADE and of BALSTM on the corpus of the source paper's figure in part 4: 128 steps each
 * @param otherTiedUpdates of them on other corpora
 * @param plainUpdates of the single LSTM in part 4: 256 steps each
 * @param rollSeeds of each roll model
 * @param rollSteps of each held-out split that a roll model is measured on, in whole sequences from its first
 * @param pieces generated for each model, and held-out pieces to compare them with
 * @param validationPieces of MAESTRO that parts 7 and 8 measure on
 */
public record StudyPlan(
        double curveShare,
        int curveEpochs,
        double optimiserShare,
        int optimiserUpdates,
        List<Double> optimiserRates,
        List<Long> optimiserSeeds,
        List<Double> shares,
        int paperUpdates,
        int performerUpdates,
        int performerHidden,
        int tiedUpdates,
        int otherTiedUpdates,
        int plainUpdates,
        List<Long> rollSeeds,
        int rollSteps,
        int pieces,
        int validationPieces) {
    private static final double BALSTM_KEEP = 0.6;

    /** The corpus of the source paper's likelihood figure. */
    public static final String SOURCE_CORPUS = "piano_midi_de";

    /** What the committed report was made with. */
    public static final StudyPlan FULL = new StudyPlan(
            0.003,
            200,
            0.03,
            120,
            List.of(1e-4, 1e-3, 1e-2, 1e-1),
            List.of(1L, 2L),
            List.of(0.01, 0.03, 0.1, 0.3, 1.0),
            160,
            250,
            256,
            6400,
            800,
            3200,
            List.of(1L, 2L),
            Integer.MAX_VALUE,
            100,
            8);

    /** A quarter of an hour or so: every part, none to be believed. */
    static final StudyPlan QUICK = new StudyPlan(
            0.005,
            3,
            0.005,
            8,
            List.of(1e-3),
            List.of(1L),
            List.of(0.01, 0.1),
            40,
            10,
            64,
            20,
            10,
            10,
            List.of(1L),
            2000,
            6,
            3);

    /** Share of the time axis' outputs that a roll model keeps in training; 1: no dropout. */
    public double rollKeep(RollArchitecture architecture, String corpus) {
        // Only there it is trained long enough to memorise its corpus.
        boolean drops = architecture == RollArchitecture.BALSTM && corpus.equals(SOURCE_CORPUS);
        return drops ? BALSTM_KEEP : RollPreset.standard(architecture, 1, 1).keep();
    }

    /** Updates of a roll model. */
    public int rollUpdates(RollArchitecture architecture, String corpus) {
        if (!architecture.tied()) {
            return plainUpdates;
        }
        return corpus.equals(SOURCE_CORPUS) ? tiedUpdates : otherTiedUpdates;
    }
}
