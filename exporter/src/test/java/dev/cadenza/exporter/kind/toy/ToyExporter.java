package dev.cadenza.exporter.kind.toy;

import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.KindExporter;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.trainer.checkpoint.Checkpoint;

/** A kind that exists in tests only. */
public final class ToyExporter implements KindExporter {
    @Override
    public String id() {
        return "toy";
    }

    @Override
    public KindExport open(Checkpoint checkpoint, WeightFormat weights)
            throws UntranslatableNetworkException, ExportRefusedException {
        return new ToyExport(checkpoint);
    }
}
