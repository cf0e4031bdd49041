package dev.cadenza.exporter.kind;

import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A kind of checkpoint that can be exported. */
public interface KindExporter {
    /** The kind's name in checkpoints and manifests. */
    String id();

    /** How a file of the kind can hold its weights. */
    default List<WeightFormat> weights() {
        return List.of(WeightFormat.FP32);
    }

    /**
     * Takes a checkpoint's network apart.
     *
     * @param weights one of {@link #weights()}
     * @throws UntranslatableNetworkException if something in the network has no translation
     * @throws ExportRefusedException if the checkpoint lacks something
     */
    KindExport open(Checkpoint checkpoint, WeightFormat weights)
            throws UntranslatableNetworkException, ExportRefusedException;

    /**
     * The checkpoint with something to prove its export on, which a published one may lack.
     *
     * @param corpus whose validation pieces can be taken; null when none was given
     * @throws ExportRefusedException if the checkpoint has nothing, and the corpus has nothing that fits
     */
    default Checkpoint provable(Checkpoint checkpoint, @Nullable EncodedCorpus corpus) throws ExportRefusedException {
        return checkpoint;
    }

    /**
     * A step of the network in DL4J, to be timed: zeros go in, and what comes out is dropped.
     *
     * @param rows how many side by side
     */
    default Runnable step(MultiLayerNetwork network, int rows) {
        INDArray features = Nd4j.zeros(DataType.FLOAT, rows, network.layerInputSize(0), 1);
        return () -> network.rnnTimeStep(features);
    }
}
