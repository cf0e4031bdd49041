package dev.cadenza.exporter.publish;

import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.KindExporter;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The kinds that can be exported: the {@link KindExporter}s that {@link ServiceLoader} finds. */
public final class Kinds {
    private static final List<KindExporter> ALL =
            ServiceLoader.load(KindExporter.class, Kinds.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private Kinds() {}

    /**
     * A checkpoint's kind.
     *
     * @throws ExportRefusedException if it is unknown
     */
    public static KindExporter of(CheckpointInfo info) throws ExportRefusedException {
        for (KindExporter kind : ALL) {
            if (kind.id().equals(info.kind())) {
                return kind;
            }
        }
        throw new ExportRefusedException("the checkpoint's kind (" + info.kind() + ") must be one of "
                + ALL.stream().map(KindExporter::id).collect(Collectors.joining(", ")));
    }

    /**
     * A checkpoint's network on its way into a graph.
     *
     * @throws UntranslatableNetworkException if something in the network has no translation
     * @throws ExportRefusedException if the kind is unknown, has no such weights, or the checkpoint lacks something
     */
    public static KindExport open(Checkpoint checkpoint, WeightFormat weights)
            throws UntranslatableNetworkException, ExportRefusedException {
        KindExporter kind = of(checkpoint.info());
        if (!kind.weights().contains(weights)) {
            throw new ExportRefusedException("weights (" + weights.id() + ") of kind " + kind.id() + " must be "
                    + kind.weights().stream().map(WeightFormat::id).collect(Collectors.joining(" or ")));
        }
        return kind.open(checkpoint, weights);
    }
}
