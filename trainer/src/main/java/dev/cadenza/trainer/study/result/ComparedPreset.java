package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.Cell;
import java.util.Locale;

/** The two presets of performances, which parts 3, 7 and 8 train on changed data. */
public enum ComparedPreset {
    PAPER("paper", "validation MSE", "%.5f"),
    PERFORMER("performer", "validation nats per note", "%.3f");

    /** Notes of each held-out piece, from its first, that the performer's likelihood is measured on. */
    public static final int LIKELIHOOD_NOTES = 2000;

    /** The name of the training on all training notes as they are. */
    public static final String EVERYTHING = share(1);

    private final String id;
    private final String lossName;
    private final String lossFormat;

    ComparedPreset(String id, String lossName, String lossFormat) {
        this.id = id;
        this.lossName = lossName;
        this.lossFormat = lossFormat;
    }

    /** As in cells, names of runs and titles. */
    public String id() {
        return id;
    }

    /** With its unit. */
    public String lossName() {
        return lossName;
    }

    /** How many decimals of a loss tables show. */
    public String lossFormat() {
        return lossFormat;
    }

    /** The name of the training on a share of the training pieces. */
    public static String share(double share) {
        return String.format(Locale.ROOT, "data-%.0f", 100 * share);
    }

    /** The name of a training's run folder. */
    public String run(String training) {
        return id + "-" + training;
    }

    /** A training's place. */
    public Cell<PresetResult> cell(String training) {
        return new Cell<>("presets/" + run(training), PresetResult.class);
    }
}
