package dev.cadenza.trainer.roll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.family.DataSource;
import dev.cadenza.trainer.family.Preset;
import dev.cadenza.trainer.family.PresetOptions;
import dev.cadenza.trainer.family.WrongUsageException;
import dev.cadenza.trainer.training.TrainingLimits;
import java.io.IOException;

/**
 * A piano-roll preset and the length of its steps: what {@code train} trains.
 *
 * @param stepMillis how long a step lasts, or {@link #UNSET} until the options are known
 */
record RollTraining(RollPreset preset, int stepMillis) implements Preset {
    static final int UNSET = 0;
    private static final int FILE_STEP_MILLIS = 250;
    private static final int PERFORMED_STEP_MILLIS = 125;

    static RollTraining fromJson(JsonNode node) {
        return new RollTraining(RollPreset.fromJson(node), node.path("step_ms").asInt());
    }

    @Override
    public RollTraining with(PresetOptions options) {
        options.refuse(preset.architecture().preset(), "from", "carry", "lstm");
        boolean file = options.given().containsKey("rolls");
        if (file == options.given().containsKey("data")) {
            throw new WrongUsageException(
                    "the preset " + preset.architecture().preset() + " needs either --rolls or --data");
        }
        int usual = file ? FILE_STEP_MILLIS : PERFORMED_STEP_MILLIS;
        int step = PresetOptions.or(options.stepMillis(), stepMillis == UNSET ? usual : stepMillis);
        new RollEncoding(preset.architecture().id(), step);
        return new RollTraining(preset.with(options), step);
    }

    /** The state is always carried: there is no option to. */
    @Override
    public boolean carry() {
        return false;
    }

    @Override
    public long seed() {
        return preset.seed();
    }

    @Override
    public TrainingLimits limits() {
        return preset.limits();
    }

    @Override
    public ObjectNode toJson() {
        return preset.toJson().put("step_ms", stepMillis);
    }

    @Override
    public Opened open(DataSource source) throws IOException, CorpusFormatException {
        RollData data = RollData.open(preset.architecture(), stepMillis, source);
        if (data.rolled() && data.performances() != null) {
            data.performances().requireTrainable();
        }
        return new Opened(data, new RollTask(preset, data.corpus(), stepMillis));
    }
}
