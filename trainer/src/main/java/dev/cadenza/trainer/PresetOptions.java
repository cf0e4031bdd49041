package dev.cadenza.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.trainer.paper.PaperPreset;
import dev.cadenza.trainer.performer.PerformerPreset;
import dev.cadenza.trainer.training.Preset;
import org.jspecify.annotations.Nullable;

/** What was asked of a preset's hyperparameters; null for what was not. */
record PresetOptions(
        @Nullable Integer hidden,
        @Nullable Integer window,
        @Nullable Integer batch,
        @Nullable Double learningRate,
        @Nullable Double keep,
        boolean carry,
        @Nullable Long seed,
        @Nullable Integer updates) {
    private static final String PAPER = "paper";
    private static final String PERFORMER = "performer";

    /** An option that cannot be; its message begins with the option's name. */
    static final class WrongOptionException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        WrongOptionException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The preset that was asked for.
     *
     * @param name of the preset; null for that of the run, else the paper's
     * @param begun configuration of a run that goes on; missing for a new one
     * @throws WrongOptionException when an option is out of range or unknown to the preset
     * @throws IllegalArgumentException when a run that goes on would change
     */
    Preset preset(@Nullable String name, JsonNode begun) {
        String running = begun.path("preset").asText(PAPER);
        String chosen = name == null ? running : name;
        if (!chosen.equals(PAPER) && !chosen.equals(PERFORMER)) {
            throw new WrongOptionException(
                    "preset (" + chosen + ") must be " + PAPER + ", " + PERFORMER
                            + ", roll-lstm, roll-tp-lstm-nade or roll-balstm",
                    null);
        }
        boolean resumed = !begun.isMissingNode();
        if (resumed && !chosen.equals(running)) {
            throw new IllegalArgumentException("the run was begun with preset " + running + ", not " + chosen);
        }
        Preset base;
        Preset asked;
        try {
            if (chosen.equals(PAPER)) {
                PaperPreset paper = resumed ? PaperPreset.fromJson(begun) : PaperPreset.seedPaper(1);
                base = paper;
                asked = paper(paper);
            } else {
                PerformerPreset performer = resumed ? PerformerPreset.fromJson(begun) : PerformerPreset.standard(1);
                base = performer;
                asked = performer(performer);
            }
        } catch (WrongOptionException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new WrongOptionException(String.valueOf(e.getMessage()), e);
        }
        if (resumed && !asked.equals(base)) {
            throw new IllegalArgumentException(
                    "the run was begun with " + base + "; a resumed run cannot change to " + asked);
        }
        return asked;
    }

    private PaperPreset paper(PaperPreset base) {
        return new PaperPreset(
                or(hidden, base.hidden()),
                or(window, base.window()),
                or(batch, base.batch()),
                or(learningRate, base.learningRate()),
                or(keep, base.keep()),
                base.ticksPerSecond(),
                base.intervalClipTicks(),
                carry || base.carry(),
                or(seed, base.seed()));
    }

    private PerformerPreset performer(PerformerPreset base) {
        if (keep != null) {
            throw new WrongOptionException("keep: the performer has no dropout", null);
        }
        return new PerformerPreset(
                or(hidden, base.hidden()),
                or(window, base.window()),
                or(batch, base.batch()),
                or(learningRate, base.learningRate()),
                base.warmUpdates(),
                or(updates, base.updates()),
                base.clip(),
                base.augment(),
                or(seed, base.seed()));
    }

    private static <T> T or(@Nullable T asked, T otherwise) {
        return asked == null ? otherwise : asked;
    }
}
