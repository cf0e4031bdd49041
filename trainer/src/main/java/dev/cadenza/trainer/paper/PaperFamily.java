package dev.cadenza.trainer.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.CheckpointKind;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.family.DataSource;
import dev.cadenza.trainer.family.ModelData;
import dev.cadenza.trainer.family.ModelFamily;
import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;

/** The source paper's networks: an LSTM that predicts the next note's row. */
public final class PaperFamily implements ModelFamily {
    /** The kind's name. */
    public static final String ID = "paper";

    private static final int DEFAULT_WINDOW = 50;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void requireEncoding(ObjectNode encoding) {
        PaperEncoding.fromJson(encoding);
    }

    @Override
    public boolean fits(ObjectNode encoding, List<Layer> layers) {
        return CheckpointKind.areLstmsThen(RnnOutputLayer.class, layers);
    }

    @Override
    public List<String> presets() {
        return List.of(ID);
    }

    @Override
    public PaperPreset preset(String name) {
        return PaperPreset.standard(1);
    }

    @Override
    public PaperPreset read(JsonNode preset) {
        return PaperPreset.fromJson(preset);
    }

    @Override
    public ModelData open(CheckpointInfo info, DataSource source) throws IOException, CorpusFormatException {
        int ticksPerSecond = PaperEncoding.fromJson(info.encoding()).ticksPerSecond();
        int window = info.provenance().path("preset").path("window").asInt(DEFAULT_WINDOW);
        return new PaperData(source.performancesOnly(ID, ticksPerSecond), window);
    }
}
