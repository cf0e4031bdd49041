package dev.cadenza.trainer.roll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.CheckpointKind;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.family.DataSource;
import dev.cadenza.trainer.family.ModelData;
import dev.cadenza.trainer.family.ModelFamily;
import dev.cadenza.trainer.roll.head.NadeHead;
import dev.cadenza.trainer.roll.head.NoteAxisHead;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;

/** Networks over piano rolls, in steps of a fixed length. */
public final class RollFamily implements ModelFamily {
    /** The kind's name. */
    public static final String ID = "roll";

    private static final int STANDARD_UPDATES = 3200;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void requireEncoding(ObjectNode encoding) {
        RollEncoding.fromJson(encoding);
    }

    @Override
    public boolean fits(ObjectNode encoding, List<Layer> layers) {
        Class<? extends Layer> head =
                switch (RollArchitecture.of(RollEncoding.fromJson(encoding).architecture())) {
                    case LSTM -> RnnOutputLayer.class;
                    case TP_LSTM_NADE -> NadeHead.class;
                    case BALSTM -> NoteAxisHead.class;
                };
        return CheckpointKind.areLstmsThen(head, layers);
    }

    @Override
    public List<String> presets() {
        return Arrays.stream(RollArchitecture.values())
                .map(RollArchitecture::preset)
                .toList();
    }

    @Override
    public RollTraining preset(String name) {
        RollArchitecture architecture = RollArchitecture.ofPreset(name);
        return new RollTraining(RollPreset.standard(architecture, STANDARD_UPDATES, 1), RollTraining.UNSET);
    }

    @Override
    public RollTraining read(JsonNode preset) {
        return RollTraining.fromJson(preset);
    }

    @Override
    public ModelData open(CheckpointInfo info, DataSource source) throws IOException, CorpusFormatException {
        RollEncoding encoding = RollEncoding.fromJson(info.encoding());
        return RollData.open(RollArchitecture.of(encoding.architecture()), encoding.stepMillis(), source);
    }

    @Override
    public EncodedCorpus asTrained(ObjectNode encoding, EncodedCorpus performances) {
        return PerformedRolls.asNotes(
                performances, RollEncoding.fromJson(encoding).stepMillis());
    }
}
