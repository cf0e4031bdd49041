package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.KindExporter;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.performer.PerformerFamily;
import dev.cadenza.trainer.performer.PerformerHeads;
import dev.cadenza.trainer.performer.PerformerInput;
import dev.cadenza.trainer.performer.PerformerPreset;
import dev.cadenza.trainer.performer.PerformerTask;
import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The kind {@code performer}. */
public final class PerformerExporter implements KindExporter {
    @Override
    public String id() {
        return PerformerFamily.ID;
    }

    @Override
    public List<WeightFormat> weights() {
        return List.of(WeightFormat.values());
    }

    @Override
    public KindExport open(Checkpoint checkpoint, WeightFormat weights)
            throws UntranslatableNetworkException, ExportRefusedException {
        return new PerformerExport(checkpoint.network(), checkpoint.info(), checkpoint.parity(), weights);
    }

    /** A published checkpoint holds no notes of others: they are taken from the corpus. */
    @Override
    public Checkpoint provable(Checkpoint checkpoint, @Nullable EncodedCorpus corpus) throws ExportRefusedException {
        if (checkpoint.parity().values().length > 0) {
            return checkpoint;
        }
        if (corpus == null) {
            throw new ExportRefusedException(
                    "a published checkpoint holds no notes to prove its export on: give --data, whose validation pieces"
                            + " have some");
        }
        try {
            ParityRows rows = new PerformerTask(PerformerPreset.standard(0), corpus).parity();
            return new Checkpoint(checkpoint.network(), checkpoint.info(), checkpoint.training(), rows);
        } catch (IllegalArgumentException e) {
            throw new ExportRefusedException("--data: " + e.getMessage());
        }
    }

    @Override
    public Runnable step(MultiLayerNetwork network, int rows) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, PerformerHeads.LABELS, 1);
        INDArray features = Nd4j.zeros(DataType.FLOAT, rows, PerformerInput.COLUMNS, 1);
        return () -> {
            if (network.getOutputLayer() instanceof IOutputLayer heads) {
                // Each attribute is given those before it; the network forgets them after every step.
                heads.setLabels(labels);
            }
            network.rnnTimeStep(features);
        };
    }
}
