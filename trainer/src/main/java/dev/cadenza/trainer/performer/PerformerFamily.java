package dev.cadenza.trainer.performer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.CheckpointKind;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.family.DataSource;
import dev.cadenza.trainer.family.ModelData;
import dev.cadenza.trainer.family.ModelFamily;
import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Networks that draw each attribute of the next note from a categorical distribution. */
public final class PerformerFamily implements ModelFamily {
    /** The kind's name. */
    public static final String ID = "performer";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void requireEncoding(ObjectNode encoding) {
        PerformerEncoding.fromJson(encoding);
    }

    @Override
    public boolean fits(ObjectNode encoding, List<Layer> layers) {
        return layers.get(0).getClass() == PerformerInput.class
                && CheckpointKind.areLstmsThen(PerformerHeads.class, layers.subList(1, layers.size()));
    }

    @Override
    public List<String> presets() {
        return List.of(ID);
    }

    @Override
    public PerformerPreset preset(String name) {
        return PerformerPreset.standard(1);
    }

    @Override
    public PerformerPreset read(JsonNode preset) {
        return PerformerPreset.fromJson(preset);
    }

    @Override
    public ModelData open(CheckpointInfo info, DataSource source) throws IOException, CorpusFormatException {
        return new PerformerData(source.performancesOnly(ID, PerformerPreset.CORPUS_TICKS_PER_SECOND));
    }
}
