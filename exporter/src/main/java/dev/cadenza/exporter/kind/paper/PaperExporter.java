package dev.cadenza.exporter.kind.paper;

import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.KindExporter;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.paper.PaperFamily;

/** The kind {@code paper}. */
public final class PaperExporter implements KindExporter {
    @Override
    public String id() {
        return PaperFamily.ID;
    }

    @Override
    public KindExport open(Checkpoint checkpoint, WeightFormat weights) throws UntranslatableNetworkException {
        return new PaperExport(checkpoint.network(), checkpoint.info(), checkpoint.parity());
    }
}
